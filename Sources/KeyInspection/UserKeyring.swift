// SPDX-License-Identifier: BSD-3-Clause

/// The keyrings that belong to a user rather than to a session, by the kernel's names for them:
/// user-session-keyring(7), user-keyring(7), persistent-keyring(7).
public enum UserKeyring: String, CaseIterable, Sendable {
  case userSession = "_uid_ses."
  case user = "_uid."
  case persistent = "_persistent."

  /// The name that the kernel gives that of this user, `_uid_ses.1000` for example.
  public func name(of user: UInt32) -> [UInt8] { Array("\(rawValue)\(user)".utf8) }
}

/// Who created a keyring that has the name of a user's keyring.
public enum KeyringOrigin: Equatable, Sendable {
  /// The kernel, for this user.
  case kernelCreated(UserKeyring, of: UInt32)
  /// A process that joined a session keyring by that name, keyctl_join_session_keyring(3).
  case impostor(UserKeyring, of: UInt32)
}

extension KeyDescription {
  /// Who created it, if it is a keyring with the name of a user's keyring.
  ///
  /// The kernel gives its own no group, which reads as the overflow gid; a keyring that was joined by
  /// name has a process's.
  public var origin: KeyringOrigin? {
    guard type == "keyring" else { return nil }
    for keyring in UserKeyring.allCases where name.starts(with: keyring.rawValue.utf8) {
      let number = String(decoding: name.dropFirst(keyring.rawValue.utf8.count), as: UTF8.self)
      guard let user = UInt32(number) else { return nil }
      return group == 65_534 || group == .max
        ? .kernelCreated(keyring, of: user) : .impostor(keyring, of: user)
    }
    return nil
  }
}
