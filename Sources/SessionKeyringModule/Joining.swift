// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxKeyrings

/// The key system calls that give a login its session keyring, as far as they have come.
///
/// They run under a borrowed identity, so nothing here logs or looks anything up. A full quota stops
/// them; they can be taken up again where they stopped.
struct Joining: ~Copyable {
  /// The session keyring by now, `none` before one is joined.
  private(set) var serial: KeySerial
  /// Whether that keyring was created for this login, and whether it has a name.
  private(set) var isNew = false
  private(set) var isNamed = false
  /// Whether the named keyring was somebody else's.
  private(set) var metForeign = false
  /// The keyrings that could not be linked, and why the first of them could not.
  private(set) var unlinked = UserKeyrings.none
  private(set) var whyUnlinked = Errno(rawValue: 0)
  /// What stopped the calls.
  var failure: Failure?

  private let name: KeyringName?
  private let keyrings: UserKeyrings
  private var toLink: UserKeyrings

  /// Starts from the keyring the thread has, or from `none` for one that is to be joined: anonymous
  /// without a name.
  init(_ serial: KeySerial, name: KeyringName?, linking keyrings: UserKeyrings) {
    self.serial = serial
    self.name = name
    self.keyrings = keyrings
    toLink = keyrings
  }

  /// Whether the session keyring is the one that the thread had.
  var isOfPresent: Bool { serial != .none && !isNew && !isNamed }

  var isStoppedByQuota: Bool {
    failure?.code == Errno.quotaExceeded.rawValue
  }

  /// Makes the calls that are left, acting as `user`.
  mutating func proceed(as user: uid_t) {
    failure = nil
    do {
      if serial == .none { try join(as: user) }
      try link()
    } catch {
      failure = error
    }
  }

  /// Joins an anonymous keyring as the thread is, with everything still to be linked; false if that
  /// is not to be had either.
  mutating func startAnew() -> Bool {
    guard let anonymous = try? SessionKeyring.joinAnonymous() else { return false }
    (serial, isNew, isNamed) = (anonymous, true, false)
    toLink = keyrings
    return true
  }

  private mutating func join(as user: uid_t) throws(Failure) {
    do {
      if let name, !metForeign {
        if let named = try SessionKeyring.join(named: name, of: user) {
          (serial, isNew, isNamed) = (named.serial, named.isNew, true)
          return
        }
        metForeign = true
      }
      (serial, isNew) = (try SessionKeyring.joinAnonymous(), true)
    } catch {
      if metForeign { SessionKeyring.retreat() }
      throw Failure(.join, error)
    }
  }

  private mutating func link() throws(Failure) {
    while let keyring = toLink.first {
      do {
        try SessionKeyring.link(keyring)
      } catch {
        guard error.concernsLinkAlone else { throw Failure(.link, error) }
        if unlinked.isEmpty { whyUnlinked = error }
        unlinked.formUnion(keyring)
      }
      toLink.subtract(keyring)
    }
  }
}
