// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Keyrings of the right name that are not the user's, or cannot be used.
struct ImpostorTests {
  /// A login whose name another user has taken, with these permissions.
  private func login(_ permissions: String) throws -> (login: PAMFixture, bait: String) {
    let name = "impostor-\(try PAMFixture().uid)"
    let login = try PAMFixture("join=\(name)")
    return (
      login, "ids:{other}:0:0 join:\(name) add:@s:trap setperm:@s:\(permissions) ids:0:0:0"
    )
  }

  /// Another user has made a fake of the victim's `@us` before the kernel made the real one.
  private static let fake =
    "background [ ids:{other}:0:0 join:_uid_ses.{uid} setperm:@s:3f3f3f3f ready await ]"

  @Test func theAlertNamesTheOwnerOnce() throws {
    let (login, bait) = try login("3f3f3f3f")
    let transcript = try login.run("\(bait) fork [ join start:h:test:user open:h open:h show ]")
    let session = try transcript.lastShown()
    #expect(session.name == "_ses" && session.uid == "\(login.uid)")
    let line =
      "ALERT named session keyring belongs to uid \(login.otherUID), using an anonymous one"
    #expect(transcript.log == ["\(line) (uid \(login.uid), keyring \(session.serial))"])
  }

  @Test func aStrangerWhoHidesItIsNotNamed() throws {
    let (login, bait) = try login("3e080008")
    let transcript = try login.run("\(bait) fork [ join start:h:test:user open:h show ]")
    let session = try transcript.lastShown()
    #expect(session.uid == "\(login.uid)")
    let line = "ALERT named session keyring is hidden by another user, not using it: EACCES"
    #expect(transcript.log == ["\(line) (uid \(login.uid), keyring \(session.serial))"])
  }

  @Test func anExpiredOneOfTheUsersIsNoAlert() throws {
    let name = "expired-\(try PAMFixture().uid)"
    let login = try PAMFixture("join=\(name)")
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} join:\(name) setperm:@s:3f1b0000 expire:@s ids:0:0:0:0 sleep:1100
      fork [ join start:h:test:user open:h show ]
      """)
    let session = try transcript.lastShown()
    #expect(session.name == "_ses" && session.uid == "\(login.uid)")
    let line = "NOTICE cannot inspect the named session keyring, not using it: EKEYEXPIRED"
    #expect(transcript.log == ["\(line) (uid \(login.uid), keyring \(session.serial))"])
  }

  /// Nobody's quota for another keyring, and no `@us` to go back to.
  @Test func whereThereIsNoWayOutTheCallFailsAndSaysSo() throws {
    let (login, bait) = try login("3f3f3f3f")
    let transcript = try login.run(
      """
      \(Self.fake) \(bait)
      fork [ join start:h:test:user groups gids:{uid}:{uid}:{uid} ids:{uid}:{uid}:{uid} fill open:h ]
      """)
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    let alert = "ALERT named session keyring belongs to uid \(login.otherUID), not using it (uid"
    #expect(transcript.log.first?.hasPrefix(alert) == true)
    let failure = "ERR cannot leave the named session keyring of another user: EDQUOT (uid"
    #expect(transcript.log.last?.hasPrefix(failure) == true)
    #expect(transcript.log.count == 2)
  }

  /// Root need not go back: its quota is charged at once.
  @Test func rootLeavesWithoutTheUsersQuota() throws {
    let (login, bait) = try login("3f3f3f3f")
    let transcript = try login.run(
      """
      \(Self.fake) \(bait)
      fork [ ids:{uid}:0:0:{uid} fill ids:0:0:0:0 join start:h:test:user open:h show find:trap ]
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "find") == ["ENOKEY"])
    let session = try transcript.lastShown()
    #expect(session.name == "_ses" && session.uid == "0" && session.permissions == "3f000000")
    #expect(transcript.log.map { $0.prefix(6) } == ["ALERT ", "NOTICE"])
  }
}
