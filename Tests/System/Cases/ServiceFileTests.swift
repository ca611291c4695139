// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// The files in pam.d, as an administrator would copy them.
struct ServiceFileTests {
  static let situations =
    (try? FileManager.default.contentsOfDirectory(
      atPath: PAMFixture.root.appending(path: "pam.d").path))?.sorted() ?? []

  private func login(_ situation: String) throws -> PAMFixture {
    let text = try String(
      contentsOf: PAMFixture.root.appending(path: "pam.d/\(situation)"), encoding: .utf8)
    // libpam looks for what is included in /etc/pam.d, wherever the service comes from. Of Debian's
    // lines in systemd-user the package's in what it includes is the one that counts here.
    let included =
      situation == "systemd-user" ? "optional {module}" : "required pam_permit.so"
    return try PAMFixture(services: [
      "copied": text.replacing("pam_session_keyring.so", with: "{module}")
        .replacing("@include common-session-noninteractive", with: "@include common-session")
        .replacing("@include common-session", with: "session \(included)")
        .replacing("@include common-account", with: "account required pam_permit.so")
        .replacing("@include common-auth", with: "auth required pam_permit.so")
        .replacing(#/.*pam_(selinux|loginuid|limits|systemd)\.so.*/#, with: "")
    ])
  }

  @Test func thereIsOneForEachSituation() {
    #expect(
      Self.situations == [
        "credentials", "daemon", "emergency", "login-service", "pamtester", "persistent-keyring",
        "shared-keyring", "su", "sudo", "systemd-user",
      ])
  }

  /// A file with an auth line opens in pam_setcred, the others when the session opens.
  private static func opens(_ situation: String) -> String {
    situation == "credentials" ? "cred:h:establish" : "open:h"
  }

  @Test(arguments: situations)
  func givesAnExplicitKeyringInThePlaceOfAFallback(situation: String) throws {
    let login = try login(situation)
    let transcript = try login.run(
      "ids:{other}:0:0 show ids:0:0:0 start:h:copied:user \(Self.opens(situation)) show")
    #expect(transcript.results(of: "open") + transcript.results(of: "cred") == ["PAM_SUCCESS"])
    #expect(transcript.shown.last?.uid == "\(login.uid)")
    #expect(transcript.shown.last?.name == (situation == "shared-keyring" ? "login" : "_ses"))
    #expect(transcript.log.isEmpty)
    let hasPersistent = transcript.shown.last?.links.contains("_persistent.\(login.uid)")
    #expect(hasPersistent == (situation == "persistent-keyring"))
  }

  @Test func anEmergencyLinksNothingForRootAlone() throws {
    let login = try login("emergency")
    let transcript = try login.run(
      "fork [ start:h:copied:root open:h show close:h ] start:h:copied:user open:h show close:h")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    #expect(transcript.shown.map(\.uid) == ["0", "\(login.uid)"])
    #expect(
      transcript.shown.map(\.links) == [[], ["_uid.\(login.uid)", "_uid_ses.\(login.uid)"]])
    #expect(transcript.log.isEmpty)
  }

  /// What a daemon that opens sessions in itself starts finds there of a user's keys.
  @Test(arguments: [("login-service", "ok"), ("daemon", "ENOKEY")])
  func aDaemonsProgramsReachTheUsersKeys(situation: String, found: String) throws {
    let transcript = try login(situation).run(
      """
      fork [ ids:{uid}:{uid}:{uid} add:@us:kept ] start:h:copied:user open:h
      fork [ ids:{other}:{other}:{other} find:kept ]
      """)
    #expect(transcript.results(of: "find") == [found])
  }

  /// What a user manager starts finds what is kept in @us.
  @Test func userServicesFindTheUsersKeys() throws {
    let transcript = try login("systemd-user").run(
      """
      fork [ ids:{uid}:{uid}:{uid} add:@us:kept ] start:h:copied:user open:h
      fork [ ids:{uid}:{uid}:{uid} find:kept ]
      """)
    #expect(transcript.results(of: "find") == ["ok"])
  }

  /// Those of the daemon, or of root who runs su, in the session keyring.
  @Test(arguments: situations)
  func rootsKeysDoNotReachTheUser(situation: String) throws {
    let transcript = try login(situation).run(
      """
      join add:@s:roots start:h:copied:user find:roots \(Self.opens(situation)) find:roots
      request:roots
      """)
    #expect(transcript.results(of: "find") == ["ok", "ENOKEY"])
    #expect(transcript.results(of: "request") == ["ENOKEY"])
  }

  /// What root's program stores under sudo and su is not found by who ran it.
  @Test(arguments: situations)
  func whatRootStoresDoesNotReachTheInvoker(situation: String) throws {
    let transcript = try login(situation).run(
      """
      ids:{other}:0:0 join
      fork [ start:h:copied:root \(Self.opens(situation)) add:@s:roots find:roots ] find:roots
      """)
    #expect(transcript.results(of: "find") == ["ok", "ENOKEY"])
  }

  @Test(arguments: ["su", "sudo"])
  func theInvokersKeysAreFound(situation: String) throws {
    let transcript = try login(situation).run(
      "ids:{other}:0:0 join add:@s:ticket start:h:copied:root open:h find:ticket")
    #expect(transcript.results(of: "find") == ["ok"])
  }
}
