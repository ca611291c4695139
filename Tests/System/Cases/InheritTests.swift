// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// What `inherit` keeps, and what it does not.
struct InheritTests {
  @Test(arguments: ["root", "user"])
  func inheritKeepsAnExplicitKeyringAsItIs(user: String) throws {
    let login = try PAMFixture("inherit revoke")
    let transcript = try login.run(
      """
      ids:{other}:0:0 join add:@s:percolates ids:0:0:0 show
      start:h:test:\(user) open:h find:percolates show close:h show
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "find") == ["ok"])
    #expect(try transcript.shown(1) == transcript.shown(0))
    #expect(try transcript.shown(2) == transcript.shown(0))
  }

  /// Keys go up, not down.
  @Test(arguments: ["inherit", "inherit join=down", "inherit link=user"])
  func inheritKeepsNoKeyringOfRootsForAUser(arguments: String) throws {
    let login = try PAMFixture(arguments)
    let transcript = try login.run("join add:@s:secret start:h:test:user open:h show find:secret")
    #expect(transcript.shown.last?.uid == "\(login.uid)")
    #expect(transcript.results(of: "find") == ["ENOKEY"])
  }

  @Test func inheritKeepsRootsKeyringForRoot() throws {
    let transcript = try PAMFixture("inherit").run(
      "join add:@s:mine start:h:test:root open:h find:mine")
    #expect(transcript.results(of: "find") == ["ok"])
  }

  @Test(arguments: ["implicit", "another user's implicit", "revoked"])
  func inheritReplacesAnImplicitKeyring(daemon: String) throws {
    let login = try PAMFixture("inherit")
    let transcript = try login.run(
      "\(#require(OpenTests.daemons[daemon])) start:h:test:user open:h show")
    #expect(transcript.shown.last?.uid == "\(login.uid)")
    #expect(transcript.shown.last?.name == "_ses")
  }

  @Test func keyringThatIsTheUserKeyringCountsAsImplicit() throws {
    let login = try PAMFixture("inherit")
    let transcript = try login.run(
      """
      fork [ ids:{uid}:{uid}:{uid} show ]
      ids:{uid}:0:0:{uid} join:_uid.{uid} ids:0:0:0:0 show start:h:test:user open:h show
      """)
    try #expect(transcript.shown(1).name == "_uid.\(login.uid)")
    try #expect(transcript.shown(2).name == "_ses")
  }
}
