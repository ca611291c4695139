// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// `session-keyring status`, run from processes in every state.
struct StatusTests {
  @Test(arguments: [
    (
      "remember:@us join:_uid_ses.{uid}",
      "implicit: the user session keyring, which all of the user's share", 1
    ),
    ("join", "explicit: a session keyring of its own", 0),
    ("join:work", "explicit: a session keyring of its own", 0),
    ("remember:@us join link:@us:@s link:@u:@s", "explicit: a session keyring of its own", 0),
    ("join revoke:@s", "revoked: nothing is found in the session keyring (EKEYREVOKED)", 1),
    (
      "remember:@us join revoke:@s",
      "revoked: nothing is found in the session keyring (EKEYREVOKED)", 1
    ),
    (
      "remember:@us join expire:@s sleep:1500",
      "expired: nothing is found in the session keyring (EKEYEXPIRED)", 1
    ),
    (
      "remember:@us join:_uid.{uid}", "implicit: the user keyring, which all of the user's share", 1
    ),
    ("join setperm:@s:37000000", "broken: the session keyring cannot be looked at (EACCES)", 1),
    ("join setperm:@s:3e000000", "broken: the session keyring cannot be looked at (EACCES)", 1),
  ])
  func tellsTheStateAndChangesNothing(steps: String, summary: String, exit: Int32) throws {
    let login = try PAMFixture()
    let status = try Status(after: "\(Status.asUser) \(steps)", in: login)
    #expect(status.summary == summary)
    #expect(status.exitStatus == exit)
    #expect(status.hasChangedNothing, "\(status)")
  }

  @Test(arguments: [
    ("join:_uid_ses.0", "implicit: the user session keyring of root (0)", 1),
    ("join", "explicit: a session keyring of root (0)'s", 0),
  ])
  func tellsWhoseItIsThatTheDaemonBrought(steps: String, summary: String, exit: Int32) throws {
    let status = try Status(after: "\(steps) \(Status.asUser)", in: try PAMFixture())
    #expect(status.summary == summary)
    #expect(status.exitStatus == exit)
    #expect(status.hasChangedNothing, "\(status)")
  }

  /// A user whom the kernel knows nothing of yet, and one who has an `@us`, both in what the test runner was
  /// started with: usually nothing.
  @Test(arguments: [
    ("", "none: the kernel makes the user session keyring when it is needed"),
    ("remember:@us", "none: the kernel falls back to the user session keyring"),
  ])
  func whoHasNoneGetsNone(steps: String, summary: String) throws {
    let login = try PAMFixture()
    let other = try PAMFixture()
    let runner = try other.run("\(Status.asUser) show").shown.last?.name
    let status = try Status(after: "\(Status.asUser) \(steps)", in: login)
    #expect(status.hasChangedNothing, "\(status)")
    // A look gives a process without a session keyring its user's own.
    guard runner == "_uid_ses.\(other.uid)" else {
      #expect(!status.summary.hasPrefix("none"))
      return
    }
    #expect(status.summary == summary)
    #expect(status.exitStatus == 1)
    let reach = steps.isEmpty ? "no: there is none" : "yes"
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

  /// What it says of `@us`, `@u` and the persistent keyring.
  @Test(arguments: [
    ("join", ["no: there is none", "no: there is none", "no: there is none"]),
    ("remember:@us join", [unlinked, unlinked, "no: there is none"]),
    ("join link:@u:@s", [unlinked, "yes", "no: there is none"]),
    ("join link:@us:@s", ["yes", "yes", "no: there is none"]),
    ("remember:@us join revoke:@s", [unlinked, unlinked, "no: there is none"]),
    (
      "join remember:@us link:@us:@s revoke:it", ["no: EKEYREVOKED", unlinked, "no: there is none"]
    ),
    ("remember:@us join setperm:@s:37000000", ["no: EACCES", "no: EACCES", "no: there is none"]),
  ])
  func tellsWhatRequestKeyReaches(steps: String, reach: [String]) throws {
    let status = try Status(after: "\(Status.asUser) \(steps)", in: try PAMFixture())
    let lines = status.lines.filter { $0.hasPrefix("  @u") || $0.hasPrefix("  persistent") }
    #expect(lines.map { String($0.dropFirst(15)) } == reach)
    #expect(status.hasChangedNothing, "\(status)")
  }

  private static let unlinked = "no: the session keyring does not lead to it"

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

  @Test func drawsWhatCannotBeLookedAtByTheErrnosName() throws {
    let status = try Status(
      after: "\(Status.asUser) join remember:@us link:@us:@s revoke:it", in: try PAMFixture())
    #expect(status.lines.contains { $0.hasSuffix("--------      ?     ?   \\_ EKEYREVOKED") })
  }

  @Test(arguments: [
    ["nonsense"], ["status", "--nonsense"], ["audit", "--root", "/nonexistent"],
    ["audit", "--fail-on", "nonsense"],
  ])
  func whatCannotBeDoneIsStatusTwo(arguments: [String]) throws {
    let transcript = try PAMFixture().run(PAMFixture.tool, arguments)
    #expect(transcript.exitStatus == 2)
    #expect(transcript.description.hasPrefix("Error: "))
  }
}
