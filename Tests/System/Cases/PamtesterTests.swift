// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// With pamtester, which reads its service where every program does; pam_wrapper shows it ours there.
struct PamtesterTests {
  private func pamtester(_ login: Login, _ arguments: String...) throws -> Transcript {
    try login.run(
      "/usr/bin/pamtester", ["--verbose", "shown"] + arguments,
      environment: login.environment.merging([
        "LD_PRELOAD": "libpam_wrapper.so libnss_wrapper.so", "PAM_WRAPPER": "1",
        "PAM_WRAPPER_SERVICE_DIR": login.directory.path,
      ]) { $1 })
  }

  /// A service that runs `keyctl show` inside the session.
  private func login(_ line: String) throws -> Login {
    try Login(
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
    let transcript = try pamtester(login, "user", "open_session", "close_session")
    #expect(transcript.exitStatus == 0)
    #expect(transcript.description.contains("successfully opened a session"))
    #expect(transcript.description.contains("session has successfully been closed."))
    let session = try #require(transcript.description.firstMatch(of: #/keyring: (_ses|tester)/#))
    #expect(session.1 == (line.contains("join") ? "tester" : "_ses"))
    #expect(transcript.description.contains("\\_ keyring: _uid_ses.\(login.uid)"))
  }

  @Test func credentialsBesideTheSession() throws {
    let login = try Login(
      services: [
        "shown": """
        auth required {module} revoke
        auth required pam_permit.so
        session required {module} revoke
        session required pam_permit.so

        """
      ])
    let transcript = try pamtester(
      login, "user", "authenticate", "setcred(PAM_ESTABLISH_CRED)", "open_session",
      "setcred(PAM_REINITIALIZE_CRED)", "close_session")
    #expect(transcript.exitStatus == 0)
  }

  @Test func unknownUserIsRefused() throws {
    let transcript = try pamtester(try login(""), "missing", "open_session")
    #expect(transcript.exitStatus != 0)
    #expect(transcript.description.contains("User not known"))
  }
}
