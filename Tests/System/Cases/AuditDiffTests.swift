// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// `session-keyring audit --diff`, and what patch(1) makes of it.
struct AuditDiffTests {
  private let machine: ConfigurationFixture
  private static let line = "session optional pam_session_keyring.so\n"

  init() throws { machine = try ConfigurationFixture() }

  /// Runs a command where `$tool` is the program, `$root` the tree.
  private func shell(_ command: String) throws -> Transcript {
    try machine.login.run(
      "/bin/sh",
      ["-c", "tool=$0 root=$1; umask 077; \(command)", PAMFixture.tool, machine.root.path])
  }

  private static let patch = "patch -p1 -F0 --no-backup-if-mismatch -d $root"

  private func contents(_ path: String) -> String? {
    FileManager.default.contents(atPath: machine.root.appending(path: path).path)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The files as people and packages leave them.
  private static let files: [(before: String, after: String)] = [
    ("session required pam_permit.so", "\(line)session required pam_permit.so"),
    (
      "# \u{fc}\r\nsession required pam_permit.so x\r\nsession optional pam_permit.so x",
      "# \u{fc}\r\n\(line)session required pam_permit.so x\r\nsession optional pam_permit.so x"
    ),
    (
      "session required \\\n\tpam_permit.so\n\n\nsession optional \\\n pam_keyinit.so \\\n force",
      "session required \\\n\tpam_permit.so\n\n\nsession optional \\\n pam_session_keyring.so \\\n force"
    ),
    (
      "\n\n\n\n\nsession required pam_permit.so\n",
      "\n\n\n\n\n\(line)session required pam_permit.so\n"
    ),
    (
      "session optional pam_keyinit.so force\n#1\n#2\n#3\n#4\n#5\n#6\n#7\n#8\nsession required pam_permit.so\n"
        + "session optional pam_keyinit.so force\n",
      "session optional pam_session_keyring.so force\n#1\n#2\n#3\n#4\n#5\n#6\n#7\n#8\nsession required pam_permit.so\n"
        + "session optional pam_session_keyring.so force\n"
    ),
  ]

  @Test func patchAppliesItAndTakesItBackByteForByte() throws {
    for (number, file) in Self.files.enumerated() {
      try machine.write(file.before, to: "etc/pam.d/s\(number)")
    }
    try machine.write("session required pam_permit.so\n", to: "usr/lib/pam.d/vendors")
    try machine.write("session required pam_permit.so\n", to: "etc/pam.d/.own/linked")
    try FileManager.default.createSymbolicLink(
      atPath: machine.root.appending(path: "etc/pam.d/linked").path,
      withDestinationPath: ".own/linked")
    let applied = try shell(
      "$tool audit --root $root --diff 2>/dev/null | tee $root/diff | \(Self.patch)")
    #expect(applied.exitStatus == 0)
    #expect(!applied.description.contains("fuzz") && !applied.description.contains("offset"))
    for (number, file) in Self.files.enumerated() {
      #expect(contents("etc/pam.d/s\(number)") == file.after)
    }
    #expect(contents("etc/pam.d/vendors") == "\(Self.line)session required pam_permit.so\n")
    #expect(contents("usr/lib/pam.d/vendors") == "session required pam_permit.so\n")
    #expect(contents("etc/pam.d/.own/linked") == "\(Self.line)session required pam_permit.so\n")
    // Programs that are not root's read it as well, whatever umask root has.
    #expect(try shell("stat -c %a $root/etc/pam.d/vendors").description == "644\n")
    #expect(try shell("ls -A $root/etc/pam.d").description.split(separator: "\n").count == 8)
    #expect(try shell("$tool audit --root $root --diff").description == "")

    #expect(try shell("\(Self.patch) -R <$root/diff").exitStatus == 0)
    for (number, file) in Self.files.enumerated() {
      #expect(contents("etc/pam.d/s\(number)") == file.before)
    }
    #expect(contents("etc/pam.d/vendors") == nil)
    #expect(contents("etc/pam.d/.own/linked") == "session required pam_permit.so\n")
  }

  /// With the output in a file the comments are on the terminal too.
  @Test func saysWhatItCannotDoInCommentsAndOnTheTerminal() throws {
    try machine.write("session required pam_session_keyring.so link=none\n", to: "etc/pam.d/login")
    try machine.write("session required pam_permit.so\n", to: "usr/lib/pam.d/systemd-user")
    let comments = """
      # /etc/pam.d/systemd-user: copied from /usr/lib/pam.d/systemd-user; compare them after upgrades
      # /etc/pam.d/systemd-user: end the user managers that run, which keep their keyring: loginctl terminate-user USER
      # not by a diff: asked for by /etc/pam.d/login:1, not changed (login)

      """
    let diff = try shell("$tool audit --root $root --diff 2>/dev/null").description
    #expect(diff.hasPrefix(comments + "diff --git"))
    #expect(try shell("$tool audit --root $root --diff 2>&1 >/dev/null").description == comments)
    let terminal = try shell("script -qec \"$tool audit --root $root --diff\" /dev/null")
    #expect(terminal.description.components(separatedBy: "not by a diff").count == 2)
  }

  @Test func isNoDiffInJSON() throws {
    try machine.write(Self.line, to: "etc/pam.d/login")
    #expect(try shell("$tool audit --root $root --diff --json").exitStatus == 2)
    #expect(try shell("$tool audit --root $root --diff").description == "")
  }
}
