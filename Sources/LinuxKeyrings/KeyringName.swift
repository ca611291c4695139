// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux

/// The name of a session keyring that others of its owner can join, keyctl_join_session_keyring(3).
///
/// It borrows its characters: whoever makes one keeps them alive and unchanged.
@safe public struct KeyringName {
  let characters: UnsafePointer<CChar>

  /// Takes a NUL-terminated name by the kernel's rules, under 256 bytes, neither empty nor starting
  /// with a dot, and none that starts with `_uid`: that would be a user's own `@us` or `@u`, or a
  /// fake of it.
  public init?(_ characters: UnsafePointer<CChar>) {
    // SAFETY: the caller passes a NUL-terminated string.
    let length = unsafe strlen(characters)
    guard length > 0, length < 256, unsafe characters.pointee != dot,
      unsafe !Self.isUsers(characters)
    else { return nil }
    unsafe self.characters = characters
  }

  /// Whether the name is that of a user keyring or a user session keyring, `_uid.N` or `_uid_ses.N`.
  static func isUsers(_ characters: UnsafePointer<CChar>) -> Bool {
    // SAFETY: the caller passes a NUL-terminated string.
    unsafe characters.starts(with: "_uid")
  }
}

private let dot = CChar(46)
