// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// `session-keyring audit`, as people and scripts call it.
struct AuditCommandTests {
  private let machine: ConfigurationFixture

  init() throws {
    machine = try ConfigurationFixture()
    try machine.writeServices()
  }

  private func audit(_ arguments: String...) throws -> Transcript {
    try machine.login.run(PAMFixture.tool, ["audit", "--root", machine.root.path] + arguments)
  }

  @Test func listsEachServiceThenTheFindings() throws {
    let transcript = try audit()
    #expect(transcript.exitStatus == 0)
    #expect(
      transcript.description == """
        unknown      broken   /etc/pam.d/broken:1
        never        cron     /etc/pam.d/cron
        conditional  runuser  /etc/pam.d/runuser:1
        explicit     sshd     /etc/pam.d/sshd:1

        /etc/pam.d/broken:1: libpam refuses the service: file ends after a backslash
            (broken)
        /etc/pam.d/cron:1: no line creates a session keyring (cron)
        /etc/pam.d/runuser:1: does not link the user session keyring, @us (runuser)
        /etc/pam.d/runuser:1: keeps a session keyring inherited from the caller
            (runuser)
        /etc/pam.d/runuser:1: revokes the session keyring at logout: programs that stay
            lose their keys (runuser)
        /etc/pam.d/sshd:1: does not link the user session keyring, @us (sshd)
        /etc/pam.d/sshd:1: revokes the session keyring at logout: programs that stay
            lose their keys (sshd)

        /etc/pam.d/cron:1: add before (cron)
            session optional pam_session_keyring.so
        /etc/pam.d/runuser:1: replace with (runuser)
            session optional pam_session_keyring.so revoke
        /etc/pam.d/sshd:1: replace with (sshd)
            session optional pam_session_keyring.so force revoke

        """)
  }

  /// A package's file is not to be edited, and a user manager that runs does not read it again.
  @Test func leadsToACopyOfThePackagesFile() throws {
    try machine.write("session optional pam_session_keyring.so\n", to: "etc/pam.d/common")
    try machine.write(
      "@include common\nsession optional pam_keyinit.so force revoke\n",
      to: "usr/lib/pam.d/systemd-user")
    try machine.write("session required pam_permit.so\n", to: "usr/lib/pam.d/vendors")
    let lines: [String] = try audit("systemd-user", "vendors").description
      .split(separator: "\n").dropFirst(2).map(String.init)
    #expect(
      lines == [
        "/usr/lib/pam.d/systemd-user:2: replaces the session keyring of",
        "    /etc/pam.d/common:1 (systemd-user)",
        "/usr/lib/pam.d/systemd-user:2: revokes the session keyring at logout: programs",
        "    that stay lose their keys (systemd-user)",
        "/usr/lib/pam.d/vendors:1: no line creates a session keyring (vendors)",
        "/usr/lib/pam.d/systemd-user:2: copy to /etc/pam.d/systemd-user, and there",
        "    replace with (systemd-user)",
        "    session optional pam_session_keyring.so force revoke",
        "end the user managers that run, which keep their keyring: loginctl",
        "    terminate-user USER",
        "/usr/lib/pam.d/vendors:1: copy to /etc/pam.d/vendors, and there add before",
        "    (vendors)",
        "    session optional pam_session_keyring.so",
      ])
  }

  @Test func isShortWhereAllIsWell() throws {
    try machine.write("session optional pam_session_keyring.so\n", to: "etc/pam.d/login")
    #expect(try audit("login").description == "explicit     login  /etc/pam.d/login:1\n")
  }

  @Test(arguments: [
    ("explicit", ["sshd"], 1), ("conditional", ["sshd"], 0),
    ("conditional", ["sshd", "runuser"], 1),
    ("never", ["runuser"], 0), ("never", ["cron"], 1), ("never", ["broken"], 1),
    ("unknown", ["cron"], 0), ("unknown", [], 1),
  ])
  func failsOnALevel(level: String, services: [String], exit: Int32) throws {
    let arguments = ["audit", "--root", machine.root.path, "--fail-on", level] + services
    let transcript = try machine.login.run(PAMFixture.tool, arguments)
    #expect(transcript.exitStatus == exit)
    #expect(transcript.description.contains("/etc/pam.d/"))
  }

  /// script(1) gives the program a terminal.
  @Test(arguments: ["", "NO_COLOR=1 "])
  func isColoredOnATerminalUnlessThatIsRefused(environment: String) throws {
    let command = "\(environment)'\(PAMFixture.tool)' audit --root '\(machine.root.path)' sshd cron"
    let transcript = try machine.login.run("/usr/bin/script", ["-qec", command, "/dev/null"])
    #expect(transcript.description.contains("\u{1B}[32mexplicit") == environment.isEmpty)
    #expect(transcript.description.contains("\u{1B}") == environment.isEmpty)
  }

  @Test func fitsEightyColumns() throws {
    let long = "gdm-smartcard-sssd-exclusive-and-longer"
    try machine.write("session required pam_permit.so\n@include sshd\n", to: "etc/pam.d/\(long)")
    try machine.write("@include \(long)\n", to: "etc/pam.d/su")
    for line in try audit().description.split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
    let help = try machine.login.run(PAMFixture.tool, ["audit", "--help"]).description
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(help)")
    let words = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "in the order closed, explicit, inherited, conditional, discarded, never, unknown."))
  }

  /// libpam takes the file of `other` then: of the program that is not there, that says nothing.
  @Test func aServiceWithoutAFileIsAFailure() throws {
    try machine.write("session required pam_permit.so\n", to: "etc/pam.d/other")
    let missing = try audit("sshd", "missing")
    #expect(missing.exitStatus == 2)
    #expect(
      missing.description
        == "Error: no service 'missing' in \(machine.root.path): no such file in /etc/pam.d, /usr/lib/pam.d\n"
    )
  }

  @Test func aTreeWithoutServicesIsAFailure() throws {
    let empty = try ConfigurationFixture()
    let transcript = try empty.login.run(PAMFixture.tool, ["audit", "--root", empty.root.path])
    #expect(transcript.exitStatus == 2)
    #expect(
      transcript.description
        == "Error: no services in \(empty.root.path): nothing in /etc/pam.d, /usr/lib/pam.d\n")
  }

  @Test func completesItsCommandLine() throws {
    for shell in ["bash", "zsh", "fish"] {
      let script = try machine.login.run(PAMFixture.tool, ["--generate-completion-script", shell])
      #expect(script.exitStatus == 0)
      #expect(script.description.contains("fail-on"))
      #expect(script.description.contains("renew"))
    }
  }
}
