// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// Four ways in which a line of advice, applied without a thought, closes a service or does nothing: sessions as
/// the files are, with such a line, and with the diff.
struct BlindAdviceTests {
  struct Harm: CustomTestStringConvertible {
    let testDescription: String
    let service: String
    let files: [String: String]
    /// What the line makes of one of the files.
    let blindly: (path: String, text: String)
    /// How many of five sessions open, and how many of them have the user's own keyring with `@us`.
    let asIs: Outcome, withLine: Outcome, withDiff: Outcome
  }
  struct Outcome: Equatable { let open: Int, linked: Int }

  static let harms = [
    Harm(
      testDescription: "a line without the service field", service: "su",
      files: ["etc/pam.conf": "su session required pam_permit.so\n"],
      blindly: (
        "etc/pam.conf",
        "session optional pam_session_keyring.so\nsu session required pam_permit.so\n"
      ),
      asIs: Outcome(open: 5, linked: 0), withLine: Outcome(open: 5, linked: 0),
      withDiff: Outcome(open: 5, linked: 5)),
    Harm(
      testDescription: "`optional` for a control flag that jumps", service: "sshd",
      files: ["etc/pam.d/sshd": "session [success=1 default=bad] pam_keyinit.so\n\(deny)"],
      blindly: ("etc/pam.d/sshd", "session optional pam_keyinit.so force\n\(deny)"),
      asIs: Outcome(open: 5, linked: 0), withLine: Outcome(open: 0, linked: 0),
      withDiff: Outcome(open: 5, linked: 5)),
    Harm(
      testDescription: "half of a continued line", service: "sshd",
      files: [
        "etc/pam.d/sshd": "session include more\n",
        "etc/pam.d/more":
          "session optional \\\n  pam_keyinit.so revoke\nsession required pam_permit.so\n",
      ],
      blindly: (
        "etc/pam.d/more",
        "session optional pam_keyinit.so revoke force\n  pam_keyinit.so revoke\nsession required pam_permit.so\n"
      ),
      asIs: Outcome(open: 5, linked: 0), withLine: Outcome(open: 0, linked: 0),
      withDiff: Outcome(open: 5, linked: 5)),
    Harm(
      testDescription: "the package's own line, which pam_keyinit comes before in another service",
      service: "su",
      files: [
        "etc/pam.d/su": "@include common-session\n",
        "etc/pam.d/login":
          "session optional pam_keyinit.so force revoke\n@include common-session\n",
        "etc/pam.d/common-session":
          "session required pam_permit.so\nsession optional pam_session_keyring.so\n",
      ],
      blindly: (
        "etc/pam.d/common-session",
        "session required pam_permit.so\n# session optional pam_session_keyring.so\n"
      ),
      asIs: Outcome(open: 5, linked: 5), withLine: Outcome(open: 5, linked: 0),
      withDiff: Outcome(open: 5, linked: 5)),
  ]
  private static let deny = "session requisite pam_deny.so\nsession required pam_permit.so\n"

  @Test(arguments: harms)
  func theDiffClosesNothingAndLeavesEachSessionExplicit(harm: Harm) throws {
    let machine = try ConfigurationFixture(hasDirectories: harm.files["etc/pam.conf"] == nil)
    try machine.installForAdvice()
    for (path, text) in harm.files { try machine.write(text, to: path) }
    #expect(try outcome(of: harm, on: machine) == harm.asIs)

    try machine.write(harm.blindly.text, to: harm.blindly.path)
    #expect(try outcome(of: harm, on: machine) == harm.withLine)

    for (path, text) in harm.files { try machine.write(text, to: path) }
    let patched = try machine.login.run(
      "/bin/sh",
      [
        "-ec",
        "$0 audit --root $1 --diff 2>/dev/null | patch -p1 -F0 --no-backup-if-mismatch -d $1",
        PAMFixture.tool, machine.root.path,
      ])
    #expect(patched.exitStatus == 0)
    let outcome = try outcome(of: harm, on: machine)
    #expect(outcome == harm.withDiff)
  }

  private func outcome(of harm: Harm, on machine: ConfigurationFixture) throws -> Outcome {
    let sessions = try #require(try machine.sessions(through: [harm.service])[harm.service]).values
    let open = sessions.filter(\.isOpen)
    return Outcome(
      open: open.count, linked: open.filter { $0.hasOwnKeyring && $0.linksUserSession }.count)
  }
}
