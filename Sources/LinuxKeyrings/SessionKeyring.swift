// SPDX-License-Identifier: BSD-3-Clause

public import CLinux

/// The calling thread's session keyring, session-keyring(7): each thread has its own, and a child
/// starts with its parent's.
public enum SessionKeyring {
  /// What a thread can find as its session keyring.
  public enum Present: Equatable, Sendable {
    /// Nobody asked for it: some user's `@us` (or `@u`), which every process of that uid shares.
    case implicit
    /// Someone joined it, and it belongs to this uid.
    case explicit(owner: uid_t)
    /// It is revoked, expired, gone, or not to be looked at.
    case unusable(Errno)
  }

  /// Asks the kernel for something that takes no permission and changes nothing.
  ///
  /// keyctl_get_keyring_ID(3) of the thread keyring. ENOSYS: no key facility; EPERM: a sandbox
  /// forbids it. That there is no such keyring is the usual answer, and a good one.
  public static func probe() throws(Errno) {
    do {
      _ = try Keyctl.keyringID(of: .thread)
    } catch  where !error.meansNoFacility {
    }
  }

  /// Looks at the session keyring, keyctl_describe(3).
  ///
  /// A thread without one gets its real uid's `@us` installed by that, as the kernel does it for
  /// any look. Errors: ENOSYS and EPERM as for ``probe()``; ENOMEM.
  public static func present() throws(Errno) -> Present {
    do {
      guard let keyring = try Keyctl.describe(.session) else {
        return .unusable(.noSuchKey)
      }
      return keyring.isNamedAsUsers ? .implicit : .explicit(owner: keyring.owner)
    } catch  where error.makesKeyringUnusable {
      return .unusable(error)
    }
  }

  /// The session keyring's serial, keyctl_get_keyring_ID(3), with the side effect of ``present()``.
  public static func serial() throws(Errno) -> KeySerial {
    try Keyctl.keyringID(of: .session)
  }

  /// Replaces the session keyring by a new anonymous one of the real uid's.
  ///
  /// keyctl_join_session_keyring(3) without a name. Errors: EDQUOT, ENOMEM.
  public static func joinAnonymous() throws(Errno) -> KeySerial {
    try Keyctl.joinSessionKeyring(named: nil)
  }

  /// Joins the user's own `@us` by its name, as the user by the real and the file-system uid,
  /// keyctl_join_session_keyring(3).
  ///
  /// Returns the serial joined, `none` if the thread was in it already, nil if it cannot be joined. A fake
  /// of that name may come first.
  public static func joinUserSessionKeyring() -> KeySerial? {
    Keyctl.joinUserSessionKeyring()
  }

  /// Whether the session keyring has this name and this owner, keyctl_describe(3).
  public static func isNamed(_ name: KeyringName, of owner: uid_t) -> Bool {
    guard let keyring = try? Keyctl.describe(.session, comparingWith: name) else { return false }
    return keyring.hasName && keyring.owner == owner
  }

  /// Links one keyring of the real uid's into the session keyring.
  ///
  /// keyctl_link(3), for the persistent one keyctl_get_persistent(3). Errors: EDQUOT; those of
  /// ``Errno/isLinkSpecific``.
  public static func link(_ keyring: UserKeyringSet) throws(Errno) {
    switch keyring {
    case .userSession: try Keyctl.link(.userSession, to: .session)
    case .user: try Keyctl.link(.user, to: .session)
    default: try Keyctl.linkPersistent(to: .session)
    }
  }

  /// Links a keyring that the thread possesses into the session keyring, keyctl_link(3).
  public static func link(_ keyring: KeySerial) throws(Errno) {
    try Keyctl.link(keyring, to: .session)
  }

  /// Has the thread possess a keyring beyond the next join: a session keyring that is replaced is no
  /// longer possessed, and then nobody may link it.
  ///
  /// keyctl_link(3) into the thread keyring, which is created for the real uid where there is none, and
  /// stays with the thread.
  public static func hold(_ keyring: KeySerial) throws(Errno) {
    try Keyctl.link(keyring, to: .thread)
  }

  /// Undoes ``hold(_:)``, keyctl_unlink(3).
  public static func release(_ keyring: KeySerial) throws(Errno) {
    try Keyctl.unlink(keyring, from: .thread)
  }

  /// Makes a keyring that the thread possesses nobody's but a possessor's, keyctl_setperm(3).
  ///
  /// Errors: EACCES, unless the caller owns it by the file-system uid or holds CAP_SYS_ADMIN.
  public static func grantPossessorAlone(_ keyring: KeySerial) throws(Errno) {
    try Keyctl.setPermissions(UInt32(KEY_POS_ALL), on: keyring)
  }

  /// Gives a keyring that the thread possesses to a group, keyctl_chown(3).
  ///
  /// Errors: EACCES, unless the caller is of that group or holds CAP_SYS_ADMIN in the first user
  /// namespace.
  public static func setGroup(_ group: gid_t, of keyring: KeySerial) throws(Errno) {
    try Keyctl.setGroup(group, on: keyring)
  }

  /// Revokes a keyring, keyctl_revoke(3), by its serial: `@s` could be another by now.
  ///
  /// Errors: EACCES, if the thread does not possess it; EKEYREVOKED, ENOKEY, if somebody else was
  /// faster.
  public static func revoke(_ keyring: KeySerial) throws(Errno) {
    try Keyctl.revoke(keyring)
  }
}

extension Errno {
  /// Whether keyrings are not available: a kernel without them, or a sandbox that forbids a call
  /// which takes no permission.
  public var meansNoFacility: Bool { self == .notImplemented || self == .notPermitted }

  /// Whether a keyring cannot serve as a session's, rather than the call being at fault. EDQUOT is
  /// what installing a first `@us` can meet.
  fileprivate var makesKeyringUnusable: Bool {
    switch self {
    case .keyRevoked, .keyExpired, .noSuchKey, .permissionDenied, .quotaExceeded: true
    default: false
    }
  }
}
