// SPDX-License-Identifier: BSD-3-Clause

extension KnownServices {
  /// Services whose program calls pam_setcred(3), and then opens a session in the same process. cron and atd
  /// check no password; sudo calls it for no new credentials; cupsd, dovecot and others open no session.
  static func hasCredentials(_ service: String) -> Bool {
    credentialed.contains(service)
      || displayManagers.contains { service == $0 || service.hasPrefix("\($0)-") }
  }

  private static let credentialed: Set<String> = [
    "cockpit", "greetd", "login", "ly", "remote", "slim", "sshd", "su", "su-l", "xrdp-sesman",
  ]
  private static let displayManagers = ["gdm", "kdm", "lightdm", "lxdm", "sddm", "xdm"]
}
