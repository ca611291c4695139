// SPDX-License-Identifier: BSD-3-Clause

/// What is known of services by the names of the programs that they are for.
enum KnownServices {
  /// Services through which people log in, and programs run as them: never a mere part of another, though that
  /// may include their file.
  static func isLogin(_ service: String) -> Bool {
    service == "other" || logins.contains(service) || isByInvoker(service)
      || displays.contains { service == $0 || service.hasPrefix("\($0)-") }
  }

  /// Services by which a user runs programs as another: what they inherit is that user's session keyring.
  static func isByInvoker(_ service: String) -> Bool { invoked.contains(service) }

  /// Programs that authenticate, and never open a session: those that change an account, lock a screen.
  static func opensNoSession(_ service: String) -> Bool { without.contains(service) }

  private static let logins: Set<String> = [
    "atd", "cockpit", "cron", "crond", "cups", "dovecot", "ftp", "greetd", "imap", "kcheckpass",
    "login", "machine-shell", "ly", "pop", "polkit-1", "ppp", "proftpd", "pure-ftpd", "remote",
    "rexec",
    "rlogin", "rsh", "rshd", "samba", "screen", "slim", "sshd", "systemd-run0", "systemd-user",
    "vmtoolsd", "vsftpd", "xrdp-sesman",
  ]
  private static let displays = ["gdm", "kde", "kdm", "lightdm", "lxdm", "sddm", "xdm"]
  private static let invoked: Set<String> = [
    "doas", "runuser", "runuser-l", "su", "su-l", "sudo", "sudo-i",
  ]
  private static let without: Set<String> = [
    "chage", "chfn", "chgpasswd", "chpasswd", "chsh", "cinnamon-screensaver", "groupadd",
    "groupdel",
    "groupmems", "groupmod", "gtklock", "hyprlock", "i3lock", "newusers", "passwd", "physlock",
    "swaylock", "useradd", "userdel", "usermod", "vlock", "waylock", "xlock", "xscreensaver",
  ]
}
