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

  @Test func drawsTheTreeAsKeyctlDoes() throws {
    let login = try PAMFixture()
    let steps = """
      \(Status.asUser) remember:@us join link:@us:@s link:@u:@s add:@us:ticket add:@s:other \
      fork [ exec:/usr/bin/keyctl:show ] fork [ exec:\(PAMFixture.tool):status ]
      """
    let lines = try login.run(steps).description.split(separator: "\n").map(String.init)
    let tree = lines.filter { $0.contains(" --") }
    #expect(tree.count == 12, "\(lines)")
    let unmarked = tree.map { $0.replacing("  (@us)", with: "").replacing("  (@u)", with: "") }
    #expect(Array(unmarked.prefix(6)) == Array(unmarked.suffix(6)))
    #expect(tree.suffix(6).filter { $0.hasSuffix("_uid_ses.\(login.uid)  (@us)") }.count == 1)
    #expect(tree.suffix(6).filter { $0.hasSuffix("_uid.\(login.uid)  (@u)") }.count == 2)
  }

  /// The answers for `@us`, `@u` and the persistent keyring.
  @Test(arguments: [
    ("join", ["no: does not exist", "no: does not exist", "no: does not exist"]),
    ("remember:@us join", [unlinked, unlinked, "no: does not exist"]),
    ("join link:@u:@s", [unlinked, "yes", "no: does not exist"]),
    ("join link:@us:@s", ["yes", "yes", "no: does not exist"]),
    ("remember:@us join revoke:@s", [unlinked, unlinked, "no: does not exist"]),
    (
      "join remember:@us link:@us:@s revoke:it",
      ["no: Key has been revoked", unlinked, "no: does not exist"]
    ),
    (
      "remember:@us join setperm:@s:37000000",
      ["no: Permission denied", "no: Permission denied", "no: does not exist"]
    ),
  ])
  func showsWhatRequestKeyReaches(steps: String, reach: [String]) throws {
    let status = try Status(after: "\(Status.asUser) \(steps)", in: try PAMFixture())
    let lines = status.lines.filter { $0.hasPrefix("  @u") || $0.hasPrefix("  persistent") }
    #expect(lines.map { String($0.dropFirst(15)) } == reach)
    #expect(status.hasChangedNothing, "\(status)")
  }

  private static let unlinked = "no: not linked into the session keyring"

  /// It expires in three days, which read as two once a second has passed.
  @Test func findsThePersistentKeyringWhereThereIsOne() throws {
    let login = try PAMFixture("link=persistent")
    let status = try Status(
      after: "join start:h:test:user open:h sleep:1100 \(Status.asUser)", in: login)
    #expect(status.lines.contains("  persistent   yes"), "\(status)")
    #expect(
      status.lines.contains { $0.hasSuffix(" keyring: _persistent.\(login.uid)  (persistent)") })
    #expect(status.hasChangedNothing, "\(status)")
  }

  @Test func drawsAKeyThatCannotBeInspected() throws {
    let status = try Status(
      after: "\(Status.asUser) join remember:@us link:@us:@s revoke:it", in: try PAMFixture())
    #expect(
      status.lines.contains {
        $0.hasSuffix("--------      ?     ?   \\_ key inaccessible (Key has been revoked)")
      })
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
