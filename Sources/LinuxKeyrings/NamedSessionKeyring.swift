// SPDX-License-Identifier: BSD-3-Clause

public import CLinux

/// A session keyring that logins of a user share by its name, keyctl_join_session_keyring(3).
public enum NamedSessionKeyring {
  /// What a join by name came to.
  public enum Outcome {
    /// The thread is in this keyring, which belongs to the user, and was created just now or not.
    case joined(KeySerial, isNew: Bool)
    /// The thread is in a keyring that it must not stay in.
    case impostor(Impostor)
  }

  /// A keyring of the right name that is not to be used.
  public enum Impostor: Equatable {
    /// It belongs to this uid.
    case owned(by: uid_t)
    /// It cannot be inspected: EKEYEXPIRED, or EACCES where its owner hides it.
    case unreadable(Errno)
  }

  /// Joins the session keyring of that name which `owner` owns, or creates it.
  ///
  /// keyctl_join_session_keyring(3), as `owner` by the real and the file-system uid. The creator alone
  /// finds a keyring that does not grant its owner SEARCH; it grants that, keyctl_setperm(3), and
  /// joins again, since another login may have come first. Two that create at the very same instant
  /// can still get one each: the kernel has no way to create a keyring that can be found at once.
  /// Errors: EDQUOT, ENOMEM.
  public static func join(_ name: KeyringName, of owner: uid_t) throws(Errno) -> Outcome {
    let first = try joinOnce(name, of: owner)
    guard case .joined(let created, isNew: true) = first else { return first }
    let shared = try joinOnce(name, of: owner)
    guard case .joined(let serial, _) = shared else { return shared }
    return .joined(serial, isNew: serial == created)
  }

  @inline(never)
  private static func joinOnce(
    _ name: KeyringName, of owner: uid_t
  ) throws(Errno) -> Outcome {
    let joined = try Keyctl.joinSessionKeyring(named: name)
    let description: KeyringDescription?
    do { description = try Keyctl.describe(.session) } catch {
      return .impostor(.unreadable(error))
    }
    guard let description, description.owner == owner else {
      return .impostor(.owned(by: description?.owner ?? uid_t.max))
    }
    let serial = joined == .none ? try SessionKeyring.serial() : joined
    let isNew = description.permissions & UInt32(KEY_USR_SEARCH) == 0
    if isNew {
      try Keyctl.setPermissions(description.permissions | UInt32(KEY_USR_SEARCH), on: serial)
    }
    return .joined(serial, isNew: isNew)
  }

  /// Leaves an impostor for the user's own `@us`, as the user by the real and the file-system uid. It
  /// takes no quota, so this is the way out when a new keyring is refused.
  ///
  /// keyctl_join_session_keyring(3) with the name of `@us`. False if that is an impostor too, or fails:
  /// then the thread is still in a stranger's keyring.
  public static func leaveForUserSessionKeyring() -> Bool {
    guard SessionKeyring.joinUserSessionKeyring() != nil,
      let own = try? Keyctl.keyringID(of: .userSession)
    else { return false }
    return (try? SessionKeyring.serial()) == own
  }
}
