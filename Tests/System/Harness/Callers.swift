// SPDX-License-Identifier: BSD-3-Clause

/// What a program that logs users in can be, and the driver's steps that make it so.
public enum Callers {
  /// Callers of every kind, by how they come about.
  public static let able = [
    "root": "",
    "root, traced and tied to its parent": "dumpable:1 pdeathsig:9",
    "root, not dumpable": "dumpable:0 pdeathsig:15",
    "sudo": "ids:{other}:0:0 dumpable:1",
    "atd": "ids:1:0:0 dumpable:1",
    "root with another saved uid": "ids:0:0:{other} dumpable:1",
    "root with three uids": "ids:{other}:0:{uid} dumpable:1",
    "root with another file-system uid": "ids:0:0:0:{other} dumpable:1 pdeathsig:9",
    "root by its saved uid, with capabilities":
      "keepcaps:1 ids:{other}:{other}:0 raise dumpable:1",
    "capabilities without uid 0":
      "keepcaps:1 ids:{other}:{other}:{other} raise dumpable:1 pdeathsig:9",
    "without CAP_SYS_ADMIN": "drop:21",
    "without the file-system capabilities": "drop:1 drop:2",
    "user for itself": "groups gids:{uid}:{uid}:{uid} ids:{uid}:{uid}:{uid} dumpable:1 pdeathsig:9",
    "root lowered to the user": "ids:0:{uid}:0 dumpable:1",
    "set-uid program of the user's": "ids:{other}:{uid}:{uid} dumpable:1",
  ]

  /// Callers that may not act for the user, or would not come back.
  public static let refused = [
    "another user": "groups gids:{other}:{other}:{other} ids:{other}:{other}:{other}",
    "root lowered to another user": "ids:0:{other}:0",
    "root without CAP_SETUID": "drop:7",
    "three uids, no capability": "ids:{other}:{uid}:4242",
  ]

  /// Callers in a user namespace, which names some ids of the outside and no others.
  public static let inNamespaces = [
    "its root": ("", "userns:0_{other}_1,{uid}_{uid}_1 gids:0:0:0 ids:0:0:0", false),
    "its root, the user not mapped": (
      "", "userns:0_{other}_1 gids:0:0:0 ids:0:0:0", true
    ),
    "nothing mapped": ("", "userns:", true),
    "the caller not mapped": ("", "userns:{uid}_{uid}_1", true),
    "only the caller's saved uid mapped": (
      "", "userns:0_{other}_1,{uid}_{uid}_1 ids:4294967295:4294967295:0", true
    ),
    "only the caller's saved uid mapped, not root's": (
      "", "userns:{other}_{other}_1,{uid}_{uid}_1 ids:4294967295:4294967295:{other}", true
    ),
    "only the file-system uid not mapped": (
      "ids:0:0:0:4242", "userns:0_0_1,{uid}_{uid}_1", true
    ),
    "the real uid not mapped, the saved one the last root": (
      "keepcaps:1 ids:{other}:{uid}:0 raise", "userns:0_0_1,{uid}_{uid}_1", true
    ),
  ]
}
