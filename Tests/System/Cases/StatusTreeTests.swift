// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// The tree of keys that `session-keyring status` draws, and which keyrings are reached from it.
struct StatusTreeTests {
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
}
