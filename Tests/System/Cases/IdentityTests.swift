// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Whatever happens, the caller comes back as it was, and no other thread sees anything else.
struct IdentityTests {
  /// Callers of every kind, by how they come about.
  static let callers = [
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

  @Test(
    arguments: callers.keys, ["", "force revoke", "join=named link=persistent,user", "inherit"])
  func callerComesBackAsItWas(caller: String, arguments: String) throws {
    let login = try Login(arguments)
    let transcript = try login.run(
      """
      start:h:test:user join setperm:@s:3f3f3f3f \(Self.callers[caller]!)
      note open:h compare show close:h compare
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "compare") == ["same", "same"])
    #expect(transcript.shown.first?.uid == (arguments == "inherit" ? "0" : "\(login.uid)"))
  }

  /// Callers that may not act for the user, or would not come back.
  static let refused = [
    "another user": "groups gids:{other}:{other}:{other} ids:{other}:{other}:{other}",
    "root lowered to another user": "ids:0:{other}:0",
    "root without CAP_SETUID": "drop:7",
    "three uids, no capability": "ids:{other}:{uid}:4242",
  ]

  @Test(arguments: refused.keys, ["", "force", "join=named"])
  func whoMayNotActChangesNothing(caller: String, arguments: String) throws {
    let login = try Login(arguments)
    let transcript = try login.run(
      """
      start:h:test:user join setperm:@s:3f3f3f3f show \(Self.refused[caller]!) dumpable:1
      note open:h compare show cred:h:establish compare
      """)
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    #expect(transcript.results(of: "cred") == ["PAM_CRED_ERR"])
    #expect(transcript.results(of: "compare") == ["same", "same"])
    #expect(transcript.shown[1] == transcript.shown[0])
    #expect(
      transcript.log.allSatisfy {
        $0 == "ERR cannot act for the user: EPERM (uid \(login.uid), keyring 0)"
      })
    #expect(transcript.log.count == 2)
  }

  /// Callers in a user namespace, which names some ids of the outside and no others.
  static let namespaces = [
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

  @Test(arguments: namespaces.keys, ["", "force revoke", "join=namespace"])
  func callerInAUserNamespaceComesBackAsItWas(caller: String, arguments: String) throws {
    let (before, namespace, isRefused) = Self.namespaces[caller]!
    let login = try Login(arguments)
    let transcript = try login.run(
      """
      start:h:test:user join \(before) \(namespace) dumpable:1 note open:h compare show
      """)
    #expect(transcript.results(of: "userns") == ["ok"])
    #expect(transcript.results(of: "compare") == ["same"])
    if isRefused {
      #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
      #expect(transcript.log.count == 1)
      #expect(transcript.log.first?.hasPrefix("ERR cannot act for the user: E") == true)
    } else {
      #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
      #expect(transcript.shown[0].uid == "\(login.uid)")
      #expect(transcript.log.isEmpty)
    }
  }

  @Test func capabilitiesAreNotLostOnTheWayBackFromRoot() throws {
    let transcript = try Login().run(
      """
      start:h:test:root join keepcaps:1 ids:{other}:{other}:{other} raise
      note open:h compare
      """)
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    #expect(transcript.results(of: "compare") == ["same"])
  }

  @Test(arguments: ["user", "root", "missing"], ["", "force revoke", "join=named", "wrong"])
  func errnoIsLeftAsItWas(user: String, arguments: String) throws {
    let login = try Login(
      services: [
        "witnessed": """
        session required {witness} set
        session optional {module} \(arguments)
        session required {witness} tell

        """
      ])
    let transcript = try login.run("start:h:witnessed:\(user) open:h close:h")
    #expect(transcript.results(of: "errno") == ["kept", "kept"])
  }

  @Test(arguments: ["force revoke", "force join=named"])
  func otherThreadsSeeNoOtherIdentity(arguments: String) throws {
    let rounds = String(repeating: "open:h close:h ", count: 300)
    let transcript = try Login(arguments).run(
      "start:h:test:user bystander:start \(rounds) bystander:stop")
    #expect(transcript.results(of: "bystander") == ["looked 0 foreign"])
  }

  /// The dumpable flag is the process's: threads that change it at once must not mix it up.
  @Test(arguments: [0, 1])
  func threadsLeaveTheDumpableFlagAsItWas(flag: Int) throws {
    let rounds = String(repeating: "open:{n} close:{n} ", count: 60)
    let transcript = try Login("force join=threads").run(
      "dumpable:\(flag) thread [ sleep:0 ] note threads:16 [ start:{n}:test:user \(rounds) end:{n} ] compare"
    )
    #expect(transcript.results(of: "open") == Array(repeating: "PAM_SUCCESS", count: 960))
    #expect(transcript.results(of: "compare") == ["same"])
    #expect(transcript.log.isEmpty)
  }

  @Test func threadsOpenForTheirOwnUsers() throws {
    let login = try Login("force revoke")
    let rounds = String(
      repeating: "open:u{n} show close:u{n} open:o{n} show close:o{n} ", count: 20)
    let transcript = try login.run(
      "threads:16 [ start:u{n}:test:user start:o{n}:test:other \(rounds) end:u{n} end:o{n} ]")
    let owners = transcript.shown.map(\.uid)
    #expect(owners.count == 640)
    #expect(owners.filter { $0 == "\(login.uid)" }.count == 320)
    #expect(owners.filter { $0 == "\(login.otherUID)" }.count == 320)
    #expect(Set(transcript.shown.map(\.serial)).count == 640)
    #expect(transcript.results(of: "close").allSatisfy { $0 == "PAM_SUCCESS" })
  }

  @Test func otherThreadsKeepTheirSessionKeyring() throws {
    let transcript = try Login().run(
      "join show start:h:test:user thread [ open:h show ] show")
    #expect(transcript.shown[1].serial != transcript.shown[0].serial)
    #expect(transcript.shown[2] == transcript.shown[0])
  }

  @Test func nothingOfTheModuleStaysLoaded() throws {
    let transcript = try Login("revoke").run(
      "maps note start:h:test:user open:h maps close:h end:h maps compare")
    #expect(transcript.results(of: "maps") == ["unloaded", "loaded", "unloaded"])
    #expect(transcript.results(of: "compare") == ["same"])
  }
}
