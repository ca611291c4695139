// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxKeyrings

/// What to do about the session keyring that a login brought along.
enum Decision: Equatable {
  /// It stays as it is.
  case keep
  /// It stays, and the user's keyrings are linked into it.
  case adopt
  /// Another is joined in its place.
  case replace

  /// Whether a decision has to look: looking changes a thread that has no session keyring.
  static func dependsOnPresent(_ options: Options, user: uid_t) -> Bool {
    options.flags.contains(.inherit)
      || !options.flags.contains(.force) && options.name == nil && canOwnVisibly(user)
  }

  /// Decides, by what is present if that was looked at.
  init(_ options: Options, user: uid_t, present: SessionKeyring.Present?) {
    guard case .explicit(let owner) = present, Self.dependsOnPresent(options, user: user) else {
      self = .replace
      return
    }
    if owner == user, Self.canOwnVisibly(user) {
      self = .adopt
    } else {
      self = options.flags.contains(.inherit) ? .keep : .replace
    }
  }

  /// Whether a keyring that says it is this uid's is this user's own: one of a daemon run by root
  /// looks just like root's, and one of an owner that the user namespace does not map like nobody's.
  private static func canOwnVisibly(_ user: uid_t) -> Bool {
    user != 0 && user != UserIDs.overflow
  }
}
