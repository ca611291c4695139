// SPDX-License-Identifier: BSD-3-Clause

extension Finding.Advice {
  /// Where to write the line, if not in the file that it is about: what is in /usr/lib/pam.d belongs to a
  /// package, and libpam takes the file of that name in /etc/pam.d first, pam.d(5).
  public var copy: String? {
    place.file.hasPrefix(Self.vendor) ? Self.own + place.file.dropFirst(Self.vendor.count) : nil
  }

  /// What is to be done behind that: a user's service manager, systemd --user, keeps the session keyring that
  /// it was started with.
  public var afterwards: String? {
    place.file.hasSuffix("/systemd-user") ? "loginctl terminate-user USER" : nil
  }

  private static let vendor = "/usr/lib/pam.d/"
  private static let own = "/etc/pam.d/"
}
