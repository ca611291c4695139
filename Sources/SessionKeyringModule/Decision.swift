// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings

/// What to do about the session keyring that a thread has.
enum Decision: Equatable {
  /// It stays as it is.
  case keep
  /// It stays, and keyrings are linked into it.
  case adopt
  /// Another is joined in its place.
  case replace

  /// Whether a first line has to inspect it: that changes a thread that has no session keyring.
  static func dependsOnPresent(_ options: Options, user: uid_t) -> Bool {
    options.flags.contains(.inherit) || options.links.contains(.invoker)
      || !options.flags.contains(.force) && options.name == nil && canOwnVisibly(user)
  }

  /// Decides for the first line that a handle's calls pass through, by what is present if that was
  /// inspected.
  init(_ options: Options, user: uid_t, present: SessionKeyring.Present?) {
    self = .replace
    guard case .explicit(let owner) = present else { return }
    if options.flags.contains(.inherit) {
      if owner == user, Self.canOwnVisibly(user) {
        self = .adopt
      } else if user == 0 || Self.canOwnVisibly(owner) {
        // Keys go up, not down: root's keyring is not for other users.
        self = .keep
      }
    } else if owner == user, Self.canOwnVisibly(user), options.name == nil,
      !options.flags.contains(.force)
    {
      self = .adopt
    }
  }

  /// Decides for a later line, which finds the session open with a keyring of this origin. One that was
  /// kept is not the user's, so that it gets no links to the user's keyrings.
  init(laterLine options: Options, origin: KeyringOrigin, joinsAnother: Bool) {
    let wasFound = origin == .kept || origin == .adopted
    if joinsAnother || wasFound && options.flags.contains(.force) {
      self = .replace
    } else {
      self = origin == .kept ? .keep : .adopt
    }
  }

  /// Whether the session keyring is the invoker's, for `link=invoker`: nobody gets the keys of a daemon
  /// that runs as root.
  static func isInvokers(_ present: SessionKeyring.Present?, user: uid_t) -> Bool {
    guard case .explicit(let owner) = present else { return false }
    return owner != user && canOwnVisibly(owner)
  }

  /// Whether a keyring that says it is this uid's is this user's own: one of a daemon run by root
  /// looks just like root's, and one of an owner that the user namespace does not map like nobody's.
  private static func canOwnVisibly(_ user: uid_t) -> Bool {
    user != 0 && user != UserIDs.overflow
  }
}
