// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemHarness
import Testing

/// What works for whoever runs the tests, on whatever machine: the module in a real program, for the
/// program's own user.
struct UnprivilegedTests {
  @Test(arguments: ["", "force revoke", "link=user-session debug", "unknown"])
  func aProgramOpensASessionForItsOwnUser(line: String) throws {
    let login = try PAMFixture(
      services: [
        "own": """
        auth required pam_permit.so
        session required {module} \(line)
        session optional pam_exec.so type=open_session stdout quiet /usr/bin/keyctl rdescribe @s

        """
      ])
    let transcript = try login.pamtester("own", "self", "open_session", "close_session")
    #expect(transcript.exitStatus == 0)
    #expect(transcript.description.contains("session has successfully been closed."))
    // A build's sandbox may have no keys: the session goes on all the same.
    if try login.run("join").results(of: "join") == ["ok"] {
      #expect(transcript.description.contains("keyring;\(getuid());\(getgid());3f030000;_ses"))
    }
  }
}
