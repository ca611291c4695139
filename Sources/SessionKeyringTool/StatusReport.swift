// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import KeyInspection
import LinuxKeyrings
import SystemText

/// What `status` prints.
struct StatusReport {
  let state: SessionKeyringState
  private let user: uid_t
  private let keyrings: [ProcKeysEntry]
  private let quota: KeyQuota

  /// Inspects the keyrings that the process was started with.
  init() throws(InspectionError) {
    user = getuid()
    keyrings = try ProcKeysEntry.all()
    state = try SessionKeyringInspector(user: user, keyrings: keyrings).inspect()
    quota = try KeyQuota(of: user)
  }

  func text(isColored: Bool) -> String {
    let summary = StatusWording.summary(of: state, for: user, name: AccountName.user)
    var lines = [isColored ? "\u{1B}[1m\(summary)\u{1B}[0m" : summary]
    switch state {
    case .explicit(let serial, let keyring), .implicit(let serial, let keyring, _, _),
      .impostor(let serial, let keyring, _, _):
      let (owner, group) = (AccountName.user(keyring.user), AccountName.group(keyring.group))
      lines += [
        "  serial       \(serial.rawValue)",
        "  name         \(escaped(keyring.name))",
        "  owner        \(owner), group \(group)",
        "  permissions  \(keyring.permissions.text)",
        StatusWording.sessionKeyring,
      ]
      lines += KeyTreeDrawing(marks: marks).lines(of: serial)
    case .none(let fallback?):
      lines += [StatusWording.fallback] + KeyTreeDrawing(marks: marks).lines(of: fallback)
    case .unusable(.keyRevoked), .unusable(.keyExpired): lines.append(StatusWording.renew)
    case .none(nil), .unusable: break
    }
    lines.append(StatusWording.reachable)
    let isShort = searched.map(KeySearch.isShort) ?? true
    lines += UserKeyring.allCases.map { kind in
      let label = kind.label + String(repeating: " ", count: 12 - kind.label.count)
      return "  \(label) \(isShort ? reach(kind) : StatusWording.longSearch)"
    }
    let missing = UserKeyring.allCases.filter { keyring($0) == nil }
    lines.append(
      StatusWording.quota(
        quota, of: AccountName.user(user),
        logins: quota.logins(first: .first(of: user, missing: missing))))
    return lines.map { $0 + "\n" }.joined()
  }

  /// Where request_key(2) begins to search; nil if there is nothing.
  private var searched: KeySerial? {
    switch state {
    case .explicit(let serial, _), .implicit(let serial, _, _, _), .impostor(let serial, _, _, _):
      serial
    case .none(let fallback): fallback
    case .unusable: nil
    }
  }

  private func keyring(_ kind: UserKeyring) -> ProcKeysEntry? {
    keyrings.first { $0.isKernelCreated(kind, of: user) }
  }

  private var marks: [Int32: String] {
    Dictionary(
      UserKeyring.allCases.compactMap { kind in
        keyring(kind).map { ($0.serial.rawValue, kind.label) }
      }
    ) { first, _ in first }
  }

  /// Whether request_key(2) finds what is in the keyring.
  private func reach(_ kind: UserKeyring) -> String {
    guard let keyring = keyring(kind) else { return StatusWording.missing }
    if case .failure(let error) = keyring.description { return StatusWording.unreachable(error) }
    do throws(Errno) {
      return try KeySerial.reachable(named: keyring.name) == keyring.serial
        ? StatusWording.yes : StatusWording.hidden
    } catch {
      return error == .noSuchKey ? StatusWording.notLinked : StatusWording.unreachable(error)
    }
  }
}
