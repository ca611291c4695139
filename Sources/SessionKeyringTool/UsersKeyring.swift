// SPDX-License-Identifier: BSD-3-Clause

/// The keyrings that belong to a user rather than to a session, by what the kernel names them.
enum UsersKeyring: String, CaseIterable {
  case userSession = "_uid_ses."
  case user = "_uid."
  case persistent = "_persistent."

  /// As people write it.
  var label: String {
    switch self {
    case .userSession: "@us"
    case .user: "@u"
    case .persistent: "persistent"
    }
  }

  func name(of user: UInt32) -> [UInt8] { Array("\(rawValue)\(user)".utf8) }
}

/// What a key's name says that it is, and whether it is that.
enum Standing: Equatable {
  case ordinary
  /// The kernel made it for this user.
  case kernels(UsersKeyring, of: UInt32)
  /// Somebody joined a keyring by a name that is none of theirs, and got this one,
  /// keyctl_join_session_keyring(3).
  case fake(UsersKeyring, of: UInt32)
}

extension KeyDescription {
  /// The kernel gives its own no group, which reads as the overflow gid; what is joined by name has a
  /// process's.
  var standing: Standing {
    guard type == "keyring" else { return .ordinary }
    for keyring in UsersKeyring.allCases where name.starts(with: keyring.rawValue.utf8) {
      let number = String(decoding: name.dropFirst(keyring.rawValue.utf8.count), as: UTF8.self)
      guard let user = UInt32(number) else { return .ordinary }
      return group == 65_534 || group == .max
        ? .kernels(keyring, of: user) : .fake(keyring, of: user)
    }
    return .ordinary
  }
}
