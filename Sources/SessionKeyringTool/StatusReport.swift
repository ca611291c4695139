// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import LinuxKeyrings

/// What `status` prints.
struct StatusReport {
  let state: SessionKeyringState
  private let user: uid_t
  private let known: [KnownKeyring]
  private let quota: KeyQuota

  /// Looks at the process that started this one, by what that left to it.
  init() throws(Unavailable) {
    user = getuid()
    known = try KnownKeyring.all()
    state = try SessionKeyringLook(user: user, known: known).state()
    quota = try .now(of: user)
  }

  func text(isColored: Bool) -> String {
    let summary = state.summary(for: user, name: Owner.name)
    var lines = [isColored ? "\u{1B}[1m\(summary)\u{1B}[0m" : summary]
    switch state {
    case .explicit(let serial, let keyring), .implicit(let serial, let keyring, _, _),
      .fake(let serial, let keyring, _, _):
      lines += [
        "  serial       \(serial.rawValue)",
        "  name         \(escaped(keyring.name))",
        "  owner        \(Owner.name(keyring.user)), group \(Owner.groupName(keyring.group))",
        "  permissions  \(keyring.permissions.text)",
        "Session Keyring",
      ]
      lines += KeyTree(marks: marks).lines(of: serial)
    case .none(let fallback?):
      lines += ["Fallback"] + KeyTree(marks: marks).lines(of: fallback)
    case .broken(.keyRevoked), .broken(.keyExpired):
      lines.append("  session-keyring renew gives this shell a new one")
    case .none(nil), .broken: break
    }
    lines.append("request_key finds what is in")
    lines += UsersKeyring.allCases.map { kind in
      let word = kind.label + String(repeating: " ", count: 12 - kind.label.count)
      return "  \(word) \(reach(kind))"
    }
    lines.append(quotaLine)
    return lines.map { $0 + "\n" }.joined()
  }

  private func keyring(_ kind: UsersKeyring) -> KnownKeyring? {
    known.first { $0.isKernels(kind, of: user) }
  }

  private var marks: [Int32: String] {
    Dictionary(
      UsersKeyring.allCases.compactMap { kind in
        keyring(kind).map { ($0.serial.rawValue, kind.label) }
      }
    ) { first, _ in first }
  }

  private func reach(_ kind: UsersKeyring) -> String {
    guard let keyring = keyring(kind) else { return "no: there is none" }
    if case .failure(let errno) = keyring.description { return "no: \(errno.text)" }
    do throws(Errno) {
      return try KeySerial.inReach(named: keyring.name) == keyring.serial
        ? "yes" : "no: another of that name comes first"
    } catch {
      return error == .noSuchKey
        ? "no: the session keyring does not lead to it" : "no: \(error.text)"
    }
  }

  private var quotaLine: String {
    let missing = UsersKeyring.allCases.filter { keyring($0) == nil }
    let logins = quota.logins(first: .first(of: user, missing: missing))
    return "quota of \(Owner.name(user)): \(quota.keys) of \(quota.mostKeys) keys, "
      + "\(quota.bytes) of \(quota.mostBytes) bytes: "
      + (logins == 1 ? "1 more login fits" : "\(logins) more logins fit")
  }
}
