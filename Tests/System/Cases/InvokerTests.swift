// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// `link=invoker`, for su and sudo.
struct InvokerTests {
  private static let line = "link=user-session,user,invoker"

  /// The invoker's session keyring with a key, under sudo's ids.
  private static let invoker = "ids:{other}:0:0 join add:@s:ticket note"

  @Test(arguments: ["user", "root"], [line, "force \(line)", "debug \(line)"])
  func theInvokersKeysAreFoundBesideTheUsers(user: String, arguments: String) throws {
    let login = try PAMFixture(arguments)
    let transcript = try login.run(
      "\(Self.invoker) show start:h:test:\(user) open:h compare show find:ticket add:@s:new close:h"
    )
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "compare") == ["same"])
    #expect(transcript.results(of: "find") == ["ok"])
    let uid = user == "root" ? 0 : login.uid
    let (before, session) = (
      try transcript.shown(0), try transcript.lastShown()
    )
    #expect(session.serial != before.serial && session.uid == "\(uid)")
    #expect(session.links == ["_ses", "_uid.\(uid)", "_uid_ses.\(uid)"])
    #expect(arguments.contains("debug") || transcript.log.isEmpty)
  }

  @Test func whatIsStoredStaysOutOfTheInvokersKeyring() throws {
    let transcript = try PAMFixture(Self.line).run(
      """
      \(Self.invoker) fork [ start:h:test:root open:h add:@s:roots find:roots ] find:roots show
      """)
    #expect(transcript.results(of: "find") == ["ok", "ENOKEY"])
    #expect(transcript.shown.last?.links == ["ticket"])
  }

  /// A thread keyring that still held it would keep it in reach of the daemon's thread.
  @Test func theThreadKeyringIsEmptyAfterwards() throws {
    let transcript = try PAMFixture(Self.line).run(
      "\(Self.invoker) start:h:test:user open:h join find:ticket request:ticket")
    #expect(transcript.results(of: "find") == ["ENOKEY"])
    #expect(transcript.results(of: "request") == ["ENOKEY"])
  }

  static let nobodys = [
    "root's": "join add:@s:ticket", "implicit": "ids:{other}:0:0 show",
    "revoked": "ids:{other}:0:0 join revoke:@s",
  ]

  @Test(arguments: nobodys)
  func doesNothingWithAKeyringThatIsNoInvokers(before: (key: String, value: String)) throws {
    let login = try PAMFixture(Self.line)
    let transcript = try login.run("\(before.value) start:h:test:user open:h show find:ticket")
    #expect(transcript.results(of: "find") == ["ENOKEY"])
    #expect(transcript.shown.last?.links == ["_uid.\(login.uid)", "_uid_ses.\(login.uid)"])
    #expect(transcript.log.isEmpty)
  }

  @Test func theInvokersKeyringIsLinkedOnRootsQuotaToo() throws {
    let login = try PAMFixture("force \(Self.line)")
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} crowd ids:0:0:0:0 \(Self.invoker) start:h:test:user open:h compare show
      find:ticket join find:ticket
      """)
    #expect(transcript.results(of: "compare") == ["same"])
    #expect(transcript.results(of: "find") == ["ok", "ENOKEY"])
    #expect(
      transcript.shown.last?.links == ["_ses", "_uid.\(login.uid)", "_uid_ses.\(login.uid)"])
  }

  /// The thread keyring, which has to hold it meanwhile, is the user's.
  @Test func theSessionGoesOnWithoutItWhereTheUserHasNoByteLeft() throws {
    let login = try PAMFixture("force \(Self.line)")
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} fill ids:0:0:0:0 \(Self.invoker) start:h:test:user open:h compare show
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "compare") == ["same"])
    #expect(transcript.shown.last?.links == ["_uid.\(login.uid)", "_uid_ses.\(login.uid)"])
    let line = "ERR cannot link the invoker's session keyring, ignoring: EDQUOT (uid"
    #expect(transcript.log.last?.hasPrefix(line) == true)
  }

  @Test func isIgnoredWithASharedKeyring() throws {
    let login = try PAMFixture("join=invoked link=invoker,user")
    let transcript = try login.run("\(Self.invoker) start:h:test:user open:h show find:ticket")
    #expect(transcript.results(of: "find") == ["ENOKEY"])
    #expect(transcript.shown.last?.links == ["_uid.\(login.uid)"])
    #expect(transcript.log == ["ERR ignoring 'link=invoker': conflicts with 'join='"])
  }
}
