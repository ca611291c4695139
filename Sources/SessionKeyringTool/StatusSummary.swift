// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings

extension SessionKeyringState {
  /// The state in a line, for the user whose process it is.
  func summary(for user: UInt32, name: (UInt32) -> String) -> String {
    switch self {
    case .explicit(_, let keyring) where keyring.user == user:
      "explicit: a session keyring of its own"
    case .explicit(_, let keyring): "explicit: a session keyring of \(name(keyring.user))'s"
    case .implicit(_, _, let kind, user):
      "implicit: the \(kind.words), which all of the user's share"
    case .implicit(_, _, let kind, let other): "implicit: the \(kind.words) of \(name(other))"
    case .fake(_, let keyring, let kind, let named):
      "broken: a keyring of \(name(keyring.user))'s by the name of \(name(named))'s \(kind.words)"
    case .none(.some): "none: the kernel falls back to the user session keyring"
    case .none(nil): "none: the kernel makes the user session keyring when it is needed"
    case .broken(.keyRevoked): "revoked: nothing is found in the session keyring (EKEYREVOKED)"
    case .broken(.keyExpired): "expired: nothing is found in the session keyring (EKEYEXPIRED)"
    case .broken(let errno): "broken: the session keyring cannot be looked at (\(errno.text))"
    }
  }
}

extension UsersKeyring {
  fileprivate var words: String {
    switch self {
    case .userSession: "user session keyring"
    case .user: "user keyring"
    case .persistent: "persistent keyring"
    }
  }
}
