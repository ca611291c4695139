// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// What closing leaves, and how opens, closes and credentials of one handle go together.
struct CloseTests {
  @Test func revokeEndsTheKeyring() throws {
    let transcript = try PAMFixture("revoke").run(
      "start:h:test:user open:h close:h show close:h cred:h:delete show")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    #expect(transcript.results(of: "cred") == ["PAM_SUCCESS"])
    #expect(transcript.shown.map(\.error) == ["EKEYREVOKED", "EKEYREVOKED"])
    #expect(transcript.log.isEmpty)
  }

  @Test func revokeLeavesTheUsersOwnKeyringsAlone() throws {
    let transcript = try PAMFixture("revoke").run(
      """
      fork [ ids:{uid}:{uid}:{uid} add:@us:a add:@u:b ] start:h:test:user open:h close:h
      join fork [ ids:{uid}:{uid}:{uid} link:@us:@s find:a find:b ]
      """)
    #expect(transcript.results(of: "find") == ["ok", "ok"])
  }

  @Test func withoutRevokeTheKeyringStays() throws {
    let transcript = try PAMFixture().run("start:h:test:user open:h show close:h show")
    #expect(try transcript.shown(0) == transcript.shown(1))
  }

  @Test func theLastCloseRevokes() throws {
    let transcript = try PAMFixture("revoke").run(
      "start:h:test:user open:h show open:h show close:h show close:h show open:h show")
    #expect(Set(transcript.shown[0...2].map(\.serial)).count == 1)
    try #expect(transcript.shown(3).error == "EKEYREVOKED")
    try #expect(transcript.shown(4).name == "_ses", "a handle can be opened again")
  }

  @Test(arguments: ["cred:h:establish open:h", "open:h cred:h:establish", "cred:h:0 open:h"])
  func credentialsAndSessionMakeOneKeyring(order: String) throws {
    for user in ["user", "root"] {
      let transcript = try PAMFixture("revoke").run(
        "start:h:test:\(user) \(order.replacing(" ", with: " show ")) show close:h show")
      #expect(try transcript.shown(0) == transcript.shown(1))
      try #expect(transcript.shown(0).name == "_ses")
      try #expect(transcript.shown(2).error == "EKEYREVOKED")
    }
  }

  @Test func credentialsAloneGoWithTheirDeletion() throws {
    let transcript = try PAMFixture("revoke").run(
      "start:h:test:user auth:h cred:h:establish show cred:h:delete show")
    #expect(transcript.results(of: "auth") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "cred") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    try #expect(transcript.shown(0).name == "_ses")
    try #expect(transcript.shown(1).error == "EKEYREVOKED")
  }

  @Test func deletionRevokesAtOnce() throws {
    let transcript = try PAMFixture("revoke").run(
      "start:h:test:user open:h open:h cred:h:delete show close:h")
    try #expect(transcript.shown(0).error == "EKEYREVOKED")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
  }

  @Test(arguments: ["reinitialize", "refresh"])
  func renewalNeverReplacesAKeyring(flag: String) throws {
    let transcript = try PAMFixture("force revoke").run(
      "join start:h:test:user show cred:h:\(flag) show open:h show cred:h:\(flag) show")
    #expect(transcript.results(of: "cred") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    #expect(try transcript.shown(1) == transcript.shown(0))
    #expect(try transcript.shown(3) == transcript.shown(2))
  }

  @Test func authenticationIsLeftToOthers() throws {
    let login = try PAMFixture(
      services: [
        "alone": "auth required {module}\n",
        "refused": "auth optional {module}\nauth required pam_deny.so\n",
      ])
    let transcript = try login.run("start:a:alone:user auth:a start:r:refused:user auth:r")
    #expect(transcript.results(of: "auth") == ["PAM_PERM_DENIED", "PAM_AUTH_ERR"])
  }

  @Test func closeHonoursItsOwnLine() throws {
    let login = try PAMFixture(
      services: ["mixed": "auth optional {module}\nsession required {module} revoke\n"])
    let transcript = try login.run("start:h:mixed:user cred:h:establish open:h close:h show")
    try #expect(transcript.shown(0).error == "EKEYREVOKED")
  }

  @Test func keyringReplacedSinceIsLeftAlone() throws {
    let transcript = try PAMFixture("revoke").run(
      "start:h:test:user open:h join show close:h show")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    #expect(try transcript.shown(0) == transcript.shown(1))
  }

  @Test func keyringThatLivesOnElsewhereIsLeftAloneAndNamed() throws {
    let transcript = try PAMFixture("revoke debug").run(
      "start:h:test:user open:h thread [ join close:h ] show")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    try #expect(transcript.shown(0).name == "_ses")
    #expect(
      transcript.log.last?.hasPrefix(
        "DEBUG session keyring was replaced by another module or thread, not revoking it: EACCES")
        == true)
  }

  @Test func keyringRevokedByTheUserIsNoError() throws {
    let transcript = try PAMFixture("revoke").run("start:h:test:user open:h revoke:@s close:h")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    #expect(transcript.log.isEmpty)
  }

  @Test func theEndOfAHandleRevokesNothing() throws {
    let transcript = try PAMFixture("revoke").run(
      "start:h:test:user open:h fork [ ids:{uid}:{uid}:{uid} end:h ] show end:h show")
    #expect(transcript.shown.map(\.name) == ["_ses", "_ses"])
  }

  @Test func closeWithoutOpenFindsNothingToDo() throws {
    let transcript = try PAMFixture("revoke").run("join start:h:test:user close:h show")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    try #expect(transcript.shown(0).name == "_ses")
  }
}
