// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemHarness
import Testing

/// The contract's table of failures, as far as they come about without injecting faults.
struct FailureTests {
  @Test(
    arguments: ["ENOSYS": ENOSYS, "EPERM": EPERM], ["", "force", "inherit", "join=x", "revoke"])
  func withoutKeyFacilityTheLoginGoesOn(
    errno: (key: String, value: CInt), arguments: String
  ) throws {
    let login = try PAMFixture(arguments + " debug")
    let transcript = try login.run(
      """
      start:h:test:user seccomp:\(errno.value) dumpable:1 note
      open:h close:h cred:h:establish cred:h:delete compare
      """)
    #expect(transcript.results(of: "compare") == ["same"])
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "cred") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    let line =
      "DEBUG kernel keyrings not available, ignoring: \(errno.key) (uid \(login.uid), keyring 0)"
    #expect(transcript.log == [line, line], "once for the session, once for the credentials")
  }

  @Test(arguments: ["ENOSYS": ENOSYS, "EPERM": EPERM])
  func withoutKeyFacilityAtCloseTheLogoutGoesOn(errno: (key: String, value: CInt)) throws {
    let transcript = try PAMFixture("revoke debug").run(
      "start:h:test:user open:h seccomp:\(errno.value) close:h")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    #expect(transcript.log.count == 2)
    #expect(
      transcript.log.last?.hasPrefix("DEBUG kernel keyrings not available, ignoring: \(errno.key)")
        == true)
  }

  static let users = [
    "missing": "ERR cannot look up the user: User not known to the underlying",
    "": "ERR cannot look up the user: User not known to the underlying",
    "nobody-uid": "ERR cannot look up the user: User not known to the underlying",
    "nobody-gid": "ERR cannot look up the user: User not known to the underlying",
    "%s%n": "ERR cannot look up the user: User not known to the underlying",
    "two\nlog ERR lines": "ERR cannot look up the user: User not known to the underlying",
    String(repeating: "u", count: 100_000): "ERR cannot look up the user",
  ]

  @Test(arguments: users.keys)
  func userThatIsNoneIsUnknown(user: String) throws {
    let transcript = try PAMFixture("force").run(
      steps: ["join", "show", "start:h:test:\(user)", "open:h", "cred:h:establish", "show"])
    #expect(transcript.results(of: "open") == ["PAM_USER_UNKNOWN"])
    #expect(transcript.results(of: "cred") == ["PAM_USER_UNKNOWN"])
    #expect(transcript.log.count == 2)
    try #expect(transcript.logged(0).hasPrefix(#require(Self.users[user])))
    #expect(try transcript.shown(0) == transcript.shown(1))
  }

  @Test func withoutUserNameTheResultIsLibpams() throws {
    let transcript = try PAMFixture().run("start:h:test open:h")
    #expect(transcript.results(of: "open") == ["PAM_CONV_ERR"])
    #expect(transcript.log.count == 1)
  }

  /// A way back that fails for good: the caller must not go on as if nothing had been.
  @Test func identityThatCannotBeGivenBackAborts() throws {
    let login = try PAMFixture("force")
    let transcript = try login.trace(
      ["--quiet=all", "--output=/dev/null", "--inject=setresuid:error=EPERM:when=2+"],
      "start:h:test:user open:h")
    #expect(transcript.results(of: "open") == ["PAM_ABORT"])
    #expect(transcript.log.count == 1)
    #expect(
      transcript.log.first?.hasPrefix("CRIT cannot restore the caller's user ids: EPERM (uid ")
        == true)
  }

  /// libpam drops what setcred returns where authenticate ran before.
  @Test func idsThatCouldNotBeRestoredAreRemembered() throws {
    let login = try PAMFixture("force")
    let transcript = try login.trace(
      ["--quiet=all", "--output=/dev/null", "--inject=setresuid:error=EPERM:when=2+"],
      "start:h:test:user auth:h cred:h:establish open:h close:h cred:h:delete cred:h:reinitialize")
    #expect(transcript.results(of: "open") == ["PAM_ABORT"])
    #expect(transcript.results(of: "close") == ["PAM_ABORT"])
    #expect(transcript.log.count == 5)
    #expect(
      transcript.log.allSatisfy { $0.hasPrefix("CRIT cannot restore the caller's user ids: ") })
    #expect(
      transcript.log.last?.hasPrefix(
        "CRIT cannot restore the caller's user ids: an earlier call failed (uid") == true)
  }
}
