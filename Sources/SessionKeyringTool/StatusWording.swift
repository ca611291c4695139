// SPDX-License-Identifier: BSD-3-Clause

import KeyInspection
import LinuxKeyrings
import SystemText

/// Every sentence that `status` prints.
enum StatusWording {
  static let sessionKeyring = "Session Keyring"
  static let fallback = "Fallback"
  static let renew = "  session-keyring renew gives this shell a new one"
  static let reachable = "Reachable by request_key(2)"

  /// The state in a line, for the user whose process it is.
  static func summary(
    of state: SessionKeyringState, for user: UInt32, name: (UInt32) -> String
  ) -> String {
    switch state {
    case .explicit(_, let keyring) where keyring.user == user:
      "explicit: session keyring owned by this user"
    case .explicit(_, let keyring): "explicit: session keyring owned by \(name(keyring.user))"
    case .implicit(_, _, let kind, user):
      "implicit: the \(kind.words), shared by all processes of this user"
    case .implicit(_, _, let kind, let owner): "implicit: the \(kind.words) of \(name(owner))"
    case .impostor(_, let keyring, let kind, let named):
      "broken: session keyring owned by \(name(keyring.user)), "
        + "but named like the \(kind.words) of \(name(named))"
    case .none(.some): "none: the kernel falls back to the user session keyring"
    case .none(nil): "none: the kernel will create the user session keyring on first use"
    case .unusable(.keyRevoked): "revoked: no key in the session keyring can be found"
    case .unusable(.keyExpired): "expired: no key in the session keyring can be found"
    case .unusable(let error): "broken: cannot inspect the session keyring: \(error.text)"
    }
  }

  // Whether request_key(2) reaches a keyring.

  static let yes = "yes"
  static let missing = "no: does not exist"
  static let hidden = "no: another keyring of that name is found first"
  static let longSearch = "not known: too many links to search"
  static let notLinked = "no: not linked into the session keyring"
  static func unreachable(_ error: Errno) -> String { "no: \(error.text)" }

  // The tree, as keyctl(1) draws it.

  static func inaccessible(_ error: Errno) -> String { "key inaccessible (\(error.text))" }
  static func more(_ count: Int) -> String { "and \(count) more" }

  static func quota(_ quota: KeyQuota, of user: String, logins: Int) -> String {
    "key quota of \(user): \(quota.keys) of \(quota.maxKeys) keys, "
      + "\(quota.bytes) of \(quota.maxBytes) bytes, "
      + "room for \(logins) more \(logins == 1 ? "login" : "logins")"
  }
}

extension UserKeyring {
  /// As keyrings(7) abbreviates it.
  var label: String {
    switch self {
    case .userSession: "@us"
    case .user: "@u"
    case .persistent: "persistent"
    }
  }

  fileprivate var words: String {
    switch self {
    case .userSession: "user session keyring"
    case .user: "user keyring"
    case .persistent: "persistent keyring"
    }
  }
}

extension InspectionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notAvailable(let error): "kernel keyrings not available: \(error.text)"
    case .sessionKeyring(let error): "cannot inspect the session keyring: \(error.text)"
    case .invalidDescription: "cannot inspect the session keyring: invalid description"
    case .search(let error): "cannot search for a keyring: \(error.text)"
    case .thread(let error): "cannot start a thread: \(error.text)"
    case .masked(let path): "\(path) is masked (as in most containers)"
    case .unreadable(let error): "\(error)"
    case .noNumber(let path): "\(path) does not contain a number"
    }
  }
}
