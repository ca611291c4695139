// SPDX-License-Identifier: BSD-3-Clause

extension Finding.Edit {
  /// The file to write, if not the one that is at fault: what is in /usr/lib/pam.d belongs to a package, and
  /// libpam takes the file of that name in /etc/pam.d first, pam.d(5).
  var copy: String? {
    let (vendor, own) = ("/usr/lib/pam.d/", "/etc/pam.d/")
    return location.file.hasPrefix(vendor) ? own + location.file.dropFirst(vendor.count) : nil
  }

  /// Whether the service is that of systemd's user managers, each of which keeps the session keyring that it was
  /// started with.
  var concernsUserManagers: Bool { location.file.hasSuffix("/systemd-user") }
}
