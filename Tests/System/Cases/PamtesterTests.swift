// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// With a real program, pamtester.
struct PamtesterTests {
  /// A service that runs `keyctl show` inside the session.
  private func login(_ line: String) throws -> PAMFixture {
    try PAMFixture(
      services: [
        "shown": """
        auth required pam_permit.so
        session required {module} \(line)
        session required pam_exec.so type=open_session stdout quiet /usr/bin/keyctl show

        """
      ])
  }

  @Test(arguments: ["", "force revoke", "join=tester", "link=user-session revoke debug"])
  func opensAndCloses(line: String) throws {
    let login = try login(line)
    let transcript = try login.pamtester("shown", "user", "open_session", "close_session")
    #expect(transcript.exitStatus == 0)
    #expect(transcript.description.contains("successfully opened a session"))
    #expect(transcript.description.contains("session has successfully been closed."))
    let session = try #require(transcript.description.firstMatch(of: #/keyring: (_ses|tester)/#))
    #expect(session.1 == (line.contains("join") ? "tester" : "_ses"))
    #expect(transcript.description.contains("\\_ keyring: _uid_ses.\(login.uid)"))
  }

  @Test func credentialsBesideTheSession() throws {
    let login = try PAMFixture(
      services: [
        "shown": """
        auth required {module} revoke
        auth required pam_permit.so
        session required {module} revoke
        session required pam_permit.so

        """
      ])
    let transcript = try login.pamtester(
      "shown", "user", "authenticate", "setcred(PAM_ESTABLISH_CRED)", "open_session",
      "setcred(PAM_REINITIALIZE_CRED)", "close_session")
    #expect(transcript.exitStatus == 0)
  }

  @Test func unknownUserIsRefused() throws {
    let transcript = try login("").pamtester("shown", "missing", "open_session")
    #expect(transcript.exitStatus != 0)
    #expect(transcript.description.contains("User not known"))
  }
}
