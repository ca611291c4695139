// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings

/// The key system calls that give a login its session keyring, as far as they have come.
///
/// They run with borrowed ids, so nothing here logs or looks anything up. A full quota stops them; they
/// can be taken up again where they stopped.
struct KeyringSetup: ~Copyable {
  /// The session keyring by now, `none` before one is joined.
  private(set) var keyring: KeySerial
  private(set) var origin: KeyringOrigin
  /// Whether the kernel created it just now, and whether on root's quota.
  private(set) var isNew = false
  private(set) var isChargedToRoot = false
  /// Whether links are missing for want of quota.
  private(set) var lacksQuota = false
  /// A keyring of the name that was asked for, and not to be used.
  private(set) var impostor: NamedSessionKeyring.Impostor?
  /// Whether the thread is still in it, since nothing else could be joined.
  private(set) var isStranded = false
  /// What was linked, what could not be, and why the first of these could not.
  private(set) var linked = UserKeyringSet.none
  private(set) var unlinked = UserKeyringSet.none
  private(set) var whyUnlinked = Errno(rawValue: 0)
  /// What stopped the calls.
  var failure: Failure?

  private var name: KeyringName?
  private let keyrings: UserKeyringSet
  /// The invoker's session keyring; `none` if it is not to be linked.
  private let invoker: KeySerial
  private var holdsInvoker = false

  /// Keeps the keyring that the thread has, and links what is named into it.
  init(keeping keyring: KeySerial, _ origin: KeyringOrigin, linking keyrings: UserKeyringSet) {
    (self.keyring, self.origin) = (keyring, origin)
    (name, invoker, self.keyrings) = (nil, .none, keyrings.subtracting(.invoker))
  }

  /// Joins a keyring, anonymous without a name, and links what is named into it.
  init(joining name: KeyringName?, linking keyrings: UserKeyringSet, invoker: KeySerial) {
    (keyring, origin) = (.none, .created)
    (self.name, self.invoker) = (name, invoker)
    self.keyrings = invoker == .none ? keyrings.subtracting(.invoker) : keyrings
  }

  /// Whether the session keyring is the one that the thread had.
  var isOfPresent: Bool { keyring != .none && !isNew && origin != .named }
  var isStoppedByQuota: Bool { failure?.isQuota == true }
  private var toLink: UserKeyringSet { keyrings.subtracting(linked.union(unlinked)) }

  /// Makes the calls that are left, acting as `user`.
  mutating func setUp(as user: uid_t) {
    failure = nil
    holdInvoker()
    do {
      if keyring == .none { try join(as: user) }
      try link()
    } catch {
      failure = error
    }
  }

  /// Leaves the keyring that the thread had without the links for which there is no quota.
  mutating func acceptLackOfQuota() {
    (failure, lacksQuota) = (nil, true)
  }

  /// Acting as root, joins an anonymous keyring that is charged to root's quota. Everything is still to
  /// be linked.
  mutating func joinChargingRoot() {
    do {
      let anonymous = try SessionKeyring.joinAnonymous()
      (keyring, origin, isNew, isChargedToRoot) = (anonymous, .created, true, true)
      (isStranded, linked) = (false, .none)
      try SessionKeyring.grantPossessorAlone(anonymous)
      failure = nil
    } catch {
      failure = Failure(.join, error)
    }
  }

  private mutating func join(as user: uid_t) throws(Failure) {
    do {
      if let name {
        switch try NamedSessionKeyring.join(name, of: user) {
        case .joined(let serial, let isNew):
          (keyring, origin, self.isNew) = (serial, .named, isNew)
          return
        case .impostor(let impostor):
          (self.impostor, self.name, isStranded) = (impostor, nil, true)
        }
      }
      (keyring, isNew, isStranded) = (try SessionKeyring.joinAnonymous(), true, false)
    } catch {
      if isStranded { isStranded = !NamedSessionKeyring.leaveForUserSessionKeyring() }
      throw Failure(.join, error)
    }
  }

  private mutating func link() throws(Failure) {
    while let next = toLink.first {
      do {
        if next == .invoker {
          try SessionKeyring.link(invoker)
        } else {
          try SessionKeyring.link(next)
        }
        linked.formUnion(next)
      } catch {
        guard error.isLinkSpecific else { throw Failure(.link, error) }
        note(next, couldNotBeLinked: error)
      }
    }
  }

  private mutating func note(_ keyring: UserKeyringSet, couldNotBeLinked errno: Errno) {
    if unlinked.isEmpty { whyUnlinked = errno }
    unlinked.formUnion(keyring)
  }

  private mutating func holdInvoker() {
    guard toLink.contains(.invoker), !holdsInvoker else { return }
    do {
      try SessionKeyring.hold(invoker)
      holdsInvoker = true
    } catch {
      note(.invoker, couldNotBeLinked: error)
    }
  }

  /// Lets go of the invoker's keyring, which takes no other ids: the thread possesses its own keyring.
  /// Returns why that failed, twice.
  mutating func releaseInvoker() -> Errno? {
    guard holdsInvoker else { return nil }
    holdsInvoker = false
    if (try? SessionKeyring.release(invoker)) != nil { return nil }
    do {
      try SessionKeyring.release(invoker)
      return nil
    } catch {
      return error
    }
  }
}
