// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// `session-keyring status`, run from processes in every state.
struct StatusTests {
  @Test(arguments: [
    (
      "remember:@us join:_uid_ses.{uid}",
      "implicit: the user session keyring, shared by all processes of this user", 1
    ),
    ("join", "explicit: session keyring owned by this user", 0),
    ("join:work", "explicit: session keyring owned by this user", 0),
    ("remember:@us join link:@us:@s link:@u:@s", "explicit: session keyring owned by this user", 0),
    ("join revoke:@s", "revoked: no key in the session keyring can be found", 1),
    (
      "remember:@us join revoke:@s",
      "revoked: no key in the session keyring can be found", 1
    ),
    (
      "remember:@us join expire:@s sleep:1500",
      "expired: no key in the session keyring can be found", 1
    ),
    (
      "remember:@us join:_uid.{uid}",
      "implicit: the user keyring, shared by all processes of this user", 1
    ),
    (
      "join setperm:@s:37000000", "broken: cannot inspect the session keyring: Permission denied", 1
    ),
    (
      "join setperm:@s:3e000000", "broken: cannot inspect the session keyring: Permission denied", 1
    ),
  ])
  func showsTheStateAndChangesNothing(steps: String, summary: String, exit: Int32) throws {
    let login = try PAMFixture()
    let status = try Status(after: "\(Status.asUser) \(steps)", in: login)
    #expect(status.summary == summary)
    #expect(status.exitStatus == exit)
    #expect(status.hasChangedNothing, "\(status)")
  }

  @Test(arguments: [
    ("join:_uid_ses.0", "implicit: the user session keyring of root (0)", 1),
    ("join", "explicit: session keyring owned by root (0)", 0),
  ])
  func showsTheOwnerOfAnInheritedOne(steps: String, summary: String, exit: Int32) throws {
    let status = try Status(after: "\(steps) \(Status.asUser)", in: try PAMFixture())
    #expect(status.summary == summary)
    #expect(status.exitStatus == exit)
    #expect(status.hasChangedNothing, "\(status)")
  }

  /// A user without keys and one who has an `@us`, both with the session keyring of the test runner: usually
  /// none.
  @Test(arguments: [
    ("", "none: the kernel will create the user session keyring on first use"),
    ("remember:@us", "none: the kernel falls back to the user session keyring"),
  ])
  func createsNoneWhereThereIsNone(steps: String, summary: String) throws {
    let login = try PAMFixture()
    let other = try PAMFixture()
    let runner = try other.run("\(Status.asUser) show").shown.last?.name
    let status = try Status(after: "\(Status.asUser) \(steps)", in: login)
    #expect(status.hasChangedNothing, "\(status)")
    // Resolving @s installs the user session keyring in a process without a session keyring.
    guard runner == "_uid_ses.\(other.uid)" else {
      #expect(!status.summary.hasPrefix("none"))
      return
    }
    #expect(status.summary == summary)
    #expect(status.exitStatus == 1)
    let reach = steps.isEmpty ? "no: does not exist" : "yes"
    #expect(status.text.contains("\n  @us          \(reach)\n"))
  }

  @Test(arguments: [
    ("revoke:@s", true), ("expire:@s sleep:1500", true), ("setperm:@s:37000000", false),
    ("", false),
  ])
  func namesRenewWhereTheKeyringIsRevokedOrExpired(steps: String, isNamed: Bool) throws {
    let status = try Status(
      after: "\(Status.asUser) remember:@us join \(steps)", in: try PAMFixture())
    let line = "  session-keyring renew gives this shell a new one"
    #expect(status.lines.contains(line) == isNamed, "\(status)")
  }

  @Test(arguments: [
    ["nonsense"], ["status", "--nonsense"], ["audit", "--root", "/nonexistent"],
    ["audit", "--fail-on", "nonsense"],
  ])
  func failureIsStatusTwo(arguments: [String]) throws {
    let transcript = try PAMFixture().run(PAMFixture.tool, arguments)
    #expect(transcript.exitStatus == 2)
    #expect(transcript.description.hasPrefix("Error: "))
  }
}
