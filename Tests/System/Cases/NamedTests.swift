// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// `join=NAME`. The name is another in each test: the kernel has one space of names for all users.
struct NamedTests {
  @Test func loginsOfAUserShareTheKeyring() throws {
    let login = try PAMFixture()
    let name = "shared-\(login.uid)"
    let named = try PAMFixture("join=\(name)")
    let transcript = try named.run(
      """
      start:a:test:user open:a show add:@s:mine
      fork [ join start:b:test:user open:b show find:mine close:b ]
      fork [ join start:c:test:other open:c show find:mine ]
      open:a show
      """)
    #expect(transcript.results(of: "open").allSatisfy { $0 == "PAM_SUCCESS" })
    try #expect(transcript.shown(0).name == name)
    try #expect(transcript.shown(0).uid == "\(named.uid)")
    try #expect(transcript.shown(0).gid == "\(named.uid)")
    try #expect(transcript.shown(0).permissions == "3f1b0000")
    #expect(try transcript.shown(1).serial == transcript.shown(0).serial)
    try #expect(transcript.shown(2).uid == "\(named.otherUID)")
    #expect(try transcript.shown(2).serial != transcript.shown(0).serial)
    #expect(try transcript.shown(3).serial == transcript.shown(0).serial)
    #expect(transcript.results(of: "find") == ["ok", "ENOKEY"])
    #expect(transcript.log.isEmpty)
  }

  @Test func anAnonymousKeyringOfTheUserIsNoSubstitute() throws {
    let login = try PAMFixture("join=asked")
    let transcript = try login.run(
      "ids:{uid}:0:0 join ids:0:0:0 start:h:test:user open:h show")
    try #expect(transcript.shown(0).name == "asked")
  }

  @Test(arguments: ["3f3f3f3f", "3f1b0008", "3f3f083f"])
  func aStrangersBaitIsRefused(permissions: String) throws {
    let login = try PAMFixture()
    let name = "bait-\(login.uid)"
    let named = try PAMFixture("join=\(name)")
    let transcript = try named.run(
      """
      ids:{other}:0:0 join:\(name) setperm:@s:\(permissions) add:@s:trap ids:0:0:0 show
      fork [ join start:h:test:user open:h show find:trap ]
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(try transcript.shown(1).serial != transcript.shown(0).serial)
    try #expect(transcript.shown(1).uid == "\(named.uid)")
    try #expect(transcript.shown(1).links == ["_uid.\(named.uid)", "_uid_ses.\(named.uid)"])
    #expect(transcript.results(of: "find") == ["ENOKEY"])
    #expect(transcript.log.count == 1)
    try #expect(transcript.logged(0).hasPrefix("ALERT named session keyring belongs to uid "))
  }

  /// Whichever bit of its permissions a stranger sets, the user's login ends in a keyring of its own.
  @Test(arguments: 0..<24)
  func aBaitWithAnyPermissionIsNotStayedIn(bit: UInt32) throws {
    let login = try PAMFixture()
    let name = "bit-\(login.uid)"
    let named = try PAMFixture("join=\(name)")
    let permissions = String(0x3f00_0000 | 1 << bit, radix: 16)
    let transcript = try named.run(
      """
      ids:{other}:0:0 join:\(name) add:@s:trap setperm:@s:\(permissions) ids:0:0:0
      fork [ join start:h:test:user open:h show find:trap ]
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    try #expect(transcript.shown(0).uid == "\(named.uid)")
    #expect(transcript.results(of: "find") == ["ENOKEY"])
  }

  /// With nobody's quota to make another keyring of, the way out of a bait is the user's own `@us`.
  @Test func aStrangersBaitIsLeftWithoutQuotaToo() throws {
    let login = try PAMFixture()
    let name = "bait-\(login.uid)"
    let named = try PAMFixture("join=\(name)")
    let transcript = try named.run(
      """
      ids:{other}:0:0 join:\(name) setperm:@s:3f3f3f3f add:@s:trap ids:0:0:0
      fork [ join start:h:test:user groups gids:{uid}:{uid}:{uid} ids:{uid}:{uid}:{uid} fill
             open:h show find:trap ]
      """)
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    try #expect(transcript.shown(0).name == "_uid_ses.\(named.uid)")
    #expect(transcript.results(of: "find") == ["ENOKEY"])
    #expect(transcript.log.map { $0.prefix(5) } == ["ALERT", "ERR c"])
  }

  @Test func aRevokedKeyringIsNotJoined() throws {
    let login = try PAMFixture("join=gone")
    let transcript = try login.run(
      """
      start:a:test:user open:a show
      fork [ revoke:@s join start:b:test:user open:b show ]
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    try #expect(transcript.shown(1).name == "gone")
    #expect(try transcript.shown(1).serial != transcript.shown(0).serial)
  }

  @Test func theSharedKeyringOutlivesTheLogin() throws {
    let login = try PAMFixture(services: [
      "revoking": "auth required {module} join=lasting\nsession required {module} revoke\n"
    ])
    let transcript = try login.run(
      "start:h:revoking:user cred:h:establish show open:h close:h show cred:h:delete show")
    try #expect(transcript.shown(0).name == "lasting")
    #expect(try transcript.shown(1) == transcript.shown(0))
    #expect(try transcript.shown(2) == transcript.shown(0))
  }
}
