// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness

/// The PAM files of Debian's packages, as they come from the archive: nothing of it is installed.
struct PackagedServices {
  let machine: ConfigurationFixture
  let services: [String]

  private static let packages = [
    "at", "cockpit-ws", "cron", "cups-daemon", "dovecot-core", "gdm3", "libpam-runtime",
    "libpam-systemd", "lightdm", "login", "openssh-server", "passwd", "polkitd", "sddm", "sudo",
    "systemd", "util-linux", "vsftpd", "xrdp",
  ]

  /// Fetches and unpacks them, and has pam-auth-update(8) write the common files: with the profile of this
  /// module, or without.
  init(withModule: Bool, others: [String] = []) throws {
    let machine = try ConfigurationFixture(moreUsers: 20)
    let script = """
      cd "$0"
      mkdir -p packages var/lib/pam usr/share/pam-configs
      (cd packages && apt-get -qq download "$@")
      for package in packages/*.deb; do
        dpkg-deb --fsys-tarfile "$package" | tar -x --wildcards './etc/pam.d/*' './usr/lib/pam.d/*' \\
          './usr/share/pam/*' './usr/share/pam-configs/*' 2>/dev/null || true
      done
      \(withModule ? "cp '\(Self.profile)' usr/share/pam-configs" : "")
      # What was chosen for this machine stays as it is.
      cp -r /var/cache/debconf debconf
      mount --bind debconf /var/cache/debconf
      DEBIAN_FRONTEND=noninteractive pam-auth-update --root . --force --package
      """
    let transcript = try machine.login.run(
      "/usr/bin/unshare",
      ["--mount", "sh", "-ec", script, machine.root.path] + Self.packages + others,
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    guard transcript.exitStatus == 0 else { throw Failed(description: transcript.description) }
    self.machine = machine
    services = ["etc/pam.d", "usr/lib/pam.d"].flatMap { directory in
      (try? FileManager.default.contentsOfDirectory(
        atPath: machine.root.appending(path: directory).path)) ?? []
    }.filter { !$0.hasPrefix("common-") }.sorted()
  }

  struct Failed: Error, CustomStringConvertible { let description: String }

  private static let profile = PAMFixture.root.appending(path: "debian/pam-configs/session-keyring")
    .path

  /// Puts modules beside the files: those that make keyrings and those that return always the same as they
  /// are, and in the place of each other one that succeeds. The keyring modules get to say what they do.
  func installModules() throws {
    let script = """
      cd "$0"
      security=$(echo /usr/lib/*-linux-gnu/security)
      mkdir -p ".$security"
      sed -i -E 's/(pam_(keyinit|session_keyring)[.]so)/\\1 debug/' etc/pam.d/* usr/lib/pam.d/*
      for module in $(grep -hoE 'pam_[a-z0-9_]+[.]so' -r etc/pam.d usr/lib/pam.d | sort -u); do
        case $module in
          pam_permit.so | pam_deny.so | pam_keyinit.so) ;;
          pam_session_keyring.so) cp "$1" ".$security/$module" ;;
          *) cp "$security/pam_permit.so" ".$security/$module" ;;
        esac
      done
      """
    let transcript = try machine.login.run(
      "/bin/sh", ["-ec", script, machine.root.path, PAMFixture.module])
    guard transcript.exitStatus == 0 else { throw Failed(description: transcript.description) }
  }
}
