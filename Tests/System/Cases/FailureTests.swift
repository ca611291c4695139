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

  static let unusable = [
    "fork [ ids:{uid}:{uid}:{uid} revoke:@us ]": (
      [],
      "ERR cannot link the user session keyring (@us) and the user keyring (@u), ignoring: ENOKEY"
    ),
    "fork [ ids:{uid}:{uid}:{uid} setperm:@us:00210000 ]": (
      [],
      "ERR cannot link the user session keyring (@us) and the user keyring (@u), ignoring: ENOKEY"
    ),
    "fork [ ids:{uid}:{uid}:{uid} setperm:@us:0f2f0000 ]": (
      ["_uid.{uid}"], "ERR cannot link the user session keyring (@us), ignoring: EACCES"
    ),
    "fork [ ids:{uid}:{uid}:{uid} setperm:@u:0f2f0000 ]": (
      ["_uid_ses.{uid}"], "ERR cannot link the user keyring (@u), ignoring: EACCES"
    ),
  ]

  @Test(arguments: unusable.keys)
  func userKeyringThatCannotBeLinkedIsLeftOut(damage: String) throws {
    let (links, line) = try #require(Self.unusable[damage])
    let login = try PAMFixture()
    let transcript = try login.run("\(damage) start:h:test:user open:h show")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    try #expect(transcript.shown(0).uid == "\(login.uid)")
    try #expect(
      transcript.shown(0).links.filter { $0 != "?" }
        == links.map { $0.replacing("{uid}", with: "\(login.uid)") })
    #expect(transcript.log.count == 1)
    #expect(transcript.log.first?.hasPrefix(line) == true)
  }

  /// What a user does to a keyring of their own must not keep them out.
  @Test(arguments: ["restrict:@s": "EPERM", "setperm:@s:0b3f0000": "EACCES"])
  func adoptedKeyringThatTakesNoLinksIsStillAdopted(
    damage: (key: String, value: String)
  ) throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      "ids:{uid}:0:0:{uid} join \(damage.key) ids:0:0:0:0 show start:h:test:user open:h show")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(try transcript.shown(1) == transcript.shown(0))
    let serial = try transcript.shown(0).serial
    #expect(
      transcript.log == [
        "ERR cannot link the user session keyring (@us) and the user keyring (@u), ignoring: \(damage.value) (uid \(login.uid), keyring \(serial))"
      ])
  }

  @Test func linkThatWouldCloseACycleIsLeftOut() throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} join link:@s:@us ids:0:0:0:0 start:h:test:user open:h show
      """)
    #expect(transcript.results(of: "link") == ["ok"])
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    try #expect(transcript.shown(0).links == ["_uid.\(login.uid)"])
    #expect(transcript.log.count == 1)
    #expect(
      transcript.log.first?.hasPrefix(
        "ERR cannot link the user session keyring (@us), ignoring: EDEADLK") == true)
  }
}
