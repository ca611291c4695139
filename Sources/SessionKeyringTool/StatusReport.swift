// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import LinuxKeyrings
import PAMConfiguration

/// What `status` prints.
struct StatusReport {
  let state: SessionKeyringState
  private let user: uid_t
  private let known: [KnownKeyring]

  /// Looks at the process that started this one, by what that left to it.
  init() {
    user = getuid()
    known = KnownKeyring.all
    state = SessionKeyringState(user: user, known: known)
  }

  func text(isColored: Bool) -> String {
    let verdict = isColored ? "\u{1B}[1m\(summary)\u{1B}[0m" : summary
    var lines = [verdict]
    switch state {
    case .explicit(let serial, let keyring), .implicit(let serial, let keyring, _):
      lines += [
        "  serial       \(serial.rawValue)",
        "  name         \(shown(keyring.name))",
        "  owner        \(Self.name(keyring.user)), group \(keyring.group)",
        "  permissions  \(keyring.permissions.text)",
        "Session Keyring",
      ]
      lines += KeyTree(marks: marks).lines(of: serial)
    case .none(let fallback?):
      lines += ["Fallback"] + KeyTree(marks: marks).lines(of: fallback)
    case .none(nil), .broken: break
    }
    lines.append("request_key finds what is in")
    lines += Special.allCases.map { special in
      let word = special.label + String(repeating: " ", count: 12 - special.label.count)
      return "  \(word) \(reach(special))"
    }
    let quota = KeyQuota.now(of: user)
    lines.append(
      "quota of \(Self.name(user)): \(quota.keys) of \(quota.mostKeys) keys, "
        + "\(quota.bytes) of \(quota.mostBytes) bytes: \(quota.logins) more logins fit")
    return lines.map { $0 + "\n" }.joined()
  }

  private var summary: String {
    switch state {
    case .explicit(_, let keyring) where keyring.user == user:
      "explicit: a session keyring of its own"
    case .explicit(_, let keyring): "explicit: a session keyring of \(Self.name(keyring.user))'s"
    case .implicit(_, _, user): "implicit: the user session keyring, which all of the user's share"
    case .implicit(_, _, let other): "implicit: the user session keyring of \(Self.name(other))"
    case .none(.some): "none: the kernel falls back to the user session keyring"
    case .none(nil): "none: the kernel makes the user session keyring when it is needed"
    case .broken(.keyRevoked): "revoked: nothing is found in the session keyring (EKEYREVOKED)"
    case .broken(.keyExpired): "expired: nothing is found in the session keyring (EKEYEXPIRED)"
    case .broken(let errno): "broken: the session keyring cannot be looked at (\(errno.text))"
    }
  }

  /// The keyrings that belong to a user rather than to a session.
  private enum Special: String, CaseIterable {
    case userSession = "_uid_ses", user = "_uid", persistent = "_persistent"

    var label: String {
      switch self {
      case .userSession: "@us"
      case .user: "@u"
      case .persistent: "persistent"
      }
    }
  }

  private func keyring(_ special: Special) -> KnownKeyring? {
    known.first { $0.name == "\(special.rawValue).\(user)" && $0.owner == user }
  }

  private var marks: [Int32: String] {
    Dictionary(
      Special.allCases.compactMap { special in keyring(special).map { ($0.serial, special.label) } }
    ) { first, _ in first }
  }

  private func reach(_ special: Special) -> String {
    guard let keyring = keyring(special) else { return "no: there is none" }
    // SAFETY: the characters are valid for the call.
    let found = try? unsafe keyring.name.withCString { name in
      unsafe try KeySerial.keyring(named: name)
    }
    return found?.rawValue == keyring.serial ? "yes" : "no: the session keyring does not lead to it"
  }

  /// A user as people know it: `alice (1000)`, or the number.
  private static func name(_ user: uid_t) -> String {
    // SAFETY: the entry and its name are valid until the next look-up.
    let name = unsafe getpwuid(user).flatMap { entry in
      unsafe entry.pointee.pw_name.map { unsafe String(cString: $0) }
    }
    return name.map { "\(shown($0)) (\(user))" } ?? "\(user)"
  }
}
