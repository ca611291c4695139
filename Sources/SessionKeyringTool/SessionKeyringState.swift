// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import LinuxKeyrings

/// What a process has for a session keyring.
enum SessionKeyringState: Equatable {
  /// Somebody joined it.
  case explicit(KeySerial, KeyDescription)
  /// It is the user session keyring of this user.
  case implicit(KeySerial, KeyDescription, user: UInt32)
  /// None; the kernel falls back to `@us`, where there is one.
  case none(fallback: KeySerial?)
  /// It is revoked, expired or not to be looked at.
  case broken(Errno)

  /// Looks, and changes nothing but threads of its own: each has the session keyring of who started this
  /// process and, behind an exec, no other, keyrings(7).
  ///
  /// Looking up the session keyring of a process without one would create `@us` and `@u`, where they do
  /// not exist. So first ask for what is in reach: that creates nothing, request_key(2).
  init(user: uid_t, known: [KnownKeyring]) {
    let ownName = "_uid_ses.\(user)"
    let existsFallback = known.contains { $0.name == ownName && $0.owner == user }
    let names = Set(["_ses", ownName] + known.map(\.name))
    guard existsFallback || names.contains(where: Self.isInReach) else {
      self = .none(fallback: nil)
      return
    }
    do {
      // The thread may have @us installed by that.
      let serial = try ThreadOfItsOwn.run { Result { try KeySerial.session.resolved() } }.get()
      guard let keyring = try KeyDescription(of: serial) else {
        self = .broken(.noSuchKey)
        return
      }
      guard let owner = keyring.implicitUser else {
        self = .explicit(serial, keyring)
        return
      }
      let isNone = existsFallback && owner == user && Self.hasNone(fallback: keyring, user)
      self = isNone ? .none(fallback: serial) : .implicit(serial, keyring, user: owner)
    } catch {
      self = .broken(error as? Errno ?? .noSuchKey)
    }
  }

  /// Whether a process that seems to be in its user's `@us` has none: then joining that one by its name
  /// brings something new. Only one that lets itself be found by its owner is joined: the kernel would
  /// make another of that name.
  private static func hasNone(fallback: KeyDescription, _ user: uid_t) -> Bool {
    guard fallback.permissions.letsOwnerSearch, geteuid() == user else { return false }
    let joined = ThreadOfItsOwn.run { SessionKeyring.retreat() }
    return joined.map { $0 != .none } ?? false
  }

  /// Whether the kernel knows of such a keyring in this process, usable or not.
  private static func isInReach(_ name: String) -> Bool {
    do {
      // SAFETY: the characters are valid for the call.
      _ = try unsafe name.withCString { name in unsafe try KeySerial.keyring(named: name) }
      return true
    } catch {
      return error as? Errno != .noSuchKey
    }
  }
}
