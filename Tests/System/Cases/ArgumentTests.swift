// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Wrong arguments: logged once, read the safer way, and never the end of a login.
struct ArgumentTests {
  static let complaints = [
    "unknown": "ignoring 'unknown': unknown argument",
    "Force": "ignoring 'Force': unknown argument",
    "force=yes": "ignoring 'force=yes': unknown argument",
    "[force revoke]": "ignoring 'force revoke': unknown argument",
    "revokes": "ignoring 'revokes': unknown argument",
    "%s%n%100000d": "ignoring '%s%n%100000d': unknown argument",
    "join=": "ignoring 'join=': invalid keyring name",
    "join=.hidden": "ignoring 'join=.hidden': invalid keyring name",
    "join=_uid_ses.0": "ignoring 'join=_uid_ses.0': invalid keyring name",
    "link=": "ignoring 'link=': invalid list of keyrings",
    "link=session": "ignoring 'link=session': invalid list of keyrings",
    "link=user,": "ignoring 'link=user,': invalid list of keyrings",
    "link=none,user": "ignoring 'link=none,user': invalid list of keyrings",
    "link=user-session,use": "ignoring 'link=user-session,use': invalid list of keyrings",
    "inherit force": "ignoring 'inherit': conflicts with 'force'",
    "revoke join=x": "ignoring 'revoke': conflicts with 'join='",
    "j\u{f6}in=x": "ignoring 'j...': unknown argument",
    String(repeating: "a", count: 900):
      "ignoring '" + String(repeating: "a", count: 64) + "...': unknown argument",
    "join=" + String(repeating: "n", count: 256):
      "ignoring 'join=" + String(repeating: "n", count: 59) + "...': invalid keyring name",
  ]

  @Test(arguments: complaints.keys)
  func isLoggedOnceAndTheSessionGoesOn(arguments: String) throws {
    let login = try PAMFixture(arguments)
    let transcript = try login.run("join add:@s:secret start:h:test:user open:h show close:h show")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    let complaint = try #require(Self.complaints[arguments])
    #expect(transcript.log == ["ERR " + complaint])
    try #expect(transcript.shown(0).uid == "\(login.uid)")
    try #expect(transcript.shown(0).links == ["_uid.\(login.uid)", "_uid_ses.\(login.uid)"])
    #expect(
      try transcript.shown(1) == transcript.shown(0), "nothing is revoked that was not asked for")
  }

  /// Each on a log line of its own, whatever is in it.
  @Test(arguments: BadArguments.vectors.keys)
  func whatNoLineCanHoldIsLoggedToo(vector: String) throws {
    let arguments = try #require(BadArguments.vectors[vector])
    let session = try BadArguments.session(arguments)
    #expect(session.transcript.exitStatus == 0)
    #expect(session.isOpened && session.isClosed && session.isUsers)
    #expect(session.log.count == arguments.count)
    #expect(session.log.allSatisfy { $0.hasPrefix("ERR ignoring '") })
    let printable = UInt8(32)..<127
    #expect(session.log.allSatisfy { $0.utf8.allSatisfy { printable.contains($0) } })
    #expect(session.log.allSatisfy { $0.utf8.count < 128 })
  }

  @Test func theLongestNameIsAName() throws {
    let name = String(repeating: "n", count: 250) + "12345"
    let login = try PAMFixture("join=\(name)")
    let transcript = try login.run("start:h:test:user open:h show")
    try #expect(transcript.shown(0).name == name)
    #expect(transcript.log.isEmpty)
  }

  @Test func aControlCharacterEndsWhatIsShown() throws {
    let transcript = try PAMFixture("[one\ttwo]").run("start:h:test:user open:h")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.log == ["ERR ignoring 'one...': unknown argument"])
  }

  @Test func everyPamKeyinitLineWorks() throws {
    for line in ["force revoke", "revoke", "force", "force revoke debug", ""] {
      let transcript = try PAMFixture(line).run("start:h:test:user open:h show close:h")
      #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
      #expect(transcript.log.filter { !$0.hasPrefix("DEBUG") }.isEmpty)
    }
  }

  @Test func debugTellsEachStep() throws {
    let login = try PAMFixture("debug revoke")
    let transcript = try login.run("start:h:test:user open:h show open:h close:h close:h")
    let where_ = try "ok (uid \(login.uid), keyring \(transcript.shown(0).serial))"
    #expect(
      transcript.log == [
        "DEBUG joined: \(where_)", "DEBUG kept: \(where_)",
        "DEBUG revoked: \(where_)",
      ])
  }
}
