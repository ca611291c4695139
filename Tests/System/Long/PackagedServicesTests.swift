// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// The audit of Debian's own services, held against what libpam makes of the same files.
struct PackagedServicesTests {
  /// Of Debian 12, as its packages come.
  private static let asPackaged: [Verdict: [String]] = [
    .explicit: [
      "cockpit", "gdm-autologin", "gdm-fingerprint", "gdm-launch-environment", "gdm-password",
      "gdm-smartcard-pkcs11-exclusive", "gdm-smartcard-sssd-exclusive",
      "gdm-smartcard-sssd-or-password", "login", "runuser-l", "sddm", "sddm-autologin",
      "sddm-greeter", "sshd", "su-l", "systemd-user",
    ],
    .conditional: ["runuser"],
    .never: [
      "atd", "cron", "cups", "dovecot", "lightdm", "lightdm-autologin", "lightdm-greeter", "other",
      "polkit-1", "su", "sudo", "sudo-i", "vsftpd", "xrdp-sesman",
    ],
    // Their programs open no session, though a session through their files would open.
    .closed: ["chfn", "chpasswd", "chsh", "newusers", "passwd"],
  ]

  @Test(arguments: [false, true])
  func verdictsAgreeWithLibpam(withModule: Bool) throws {
    let packaged = try PackagedServices(withModule: withModule)
    let audit = Audit(try FileTree(root: packaged.machine.root.path))
    let judged = packaged.services.map(audit.judge)
    try packaged.installModules()
    let sessions = try packaged.machine.sessions(through: packaged.services)
    for service in judged where service.verdict != .closed {
      let seen = try #require(sessions[service.service])
      #expect(service.agrees(with: seen), "\(service.service) \(service.verdict), but \(seen)")
    }
    #expect(judged.count >= 36)
    let verdicts = Dictionary(grouping: judged, by: \.verdict).mapValues { $0.map(\.service) }
    if withModule {
      // That of Debian 12 includes nothing.
      let greeter = packaged.machine.root.appending(path: "etc/pam.d/lightdm-greeter")
      let isIncluding = try String(contentsOf: greeter, encoding: .utf8).contains("common-session")
      #expect(verdicts[.never] == (isIncluding ? nil : ["lightdm-greeter"]))
      #expect(verdicts[.discarded]?.contains("systemd-user") ?? false)
    } else {
      #expect(verdicts == Self.asPackaged)
    }
  }
}
