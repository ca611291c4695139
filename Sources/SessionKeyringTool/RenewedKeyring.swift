// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import SystemText

/// This process's session keyring, made what pam_session_keyring(8) makes that of a login.
struct RenewedKeyring {
  let serial: KeySerial
  /// What it links, and why it does not link the rest.
  private var linked: UserKeyringSet = .none
  private var missing: [(UserKeyringSet, Errno)] = []

  /// A new anonymous one.
  static func joined() throws(RenewError) -> RenewedKeyring {
    do throws(Errno) { return RenewedKeyring(try SessionKeyring.joinAnonymous()) } catch {
      throw RenewError("cannot join a session keyring: \(error.text)")
    }
  }

  /// The one that it has; nil if that cannot be searched.
  static func adopted() -> RenewedKeyring? {
    (try? SessionKeyring.serial()).map(RenewedKeyring.init)
  }

  private init(_ serial: KeySerial) {
    self.serial = serial
    for keyring in [UserKeyringSet.userSession, .user] {
      do throws(Errno) {
        try SessionKeyring.link(keyring)
        linked.insert(keyring)
      } catch { missing.append((keyring, error)) }
    }
  }

  /// Says on standard error what is not linked: the session keyring is of use without it.
  func reportMissing() {
    for (keyring, error) in missing {
      let words = keyring == .userSession ? "user session keyring (@us)" : "user keyring (@u)"
      Output.error.write("cannot link the \(words), ignoring: \(error.text)\n")
    }
  }

  /// `, which links @us and @u`; empty, if it links nothing.
  var linkedText: String {
    let labels = [(UserKeyringSet.userSession, "@us"), (.user, "@u")]
      .filter { linked.contains($0.0) }.map(\.1)
    return labels.isEmpty ? "" : ", which links \(labels.joined(separator: " and "))"
  }
}

/// Why there is no new session keyring: exit status 2.
struct RenewError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
