// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// `session-keyring status`, run from processes in every state.
struct StatusTests {
  private static let asUser = "ids:{uid}:{uid}:{uid}"

  /// Runs it at the end of these steps, and lists what the user owns before and after.
  private func status(_ steps: String, in login: Login) throws -> (text: String, exit: Int32) {
    let transcript = try login.run(
      "\(steps) keys:{uid} note fork [ exec:\(Login.tool):status ] compare keys:{uid} request:nothing keys:{uid}"
    )
    let keys = transcript.results(of: "keys")
    #expect(keys.count == 3 && Set(keys).count == 1, "nothing was created: \(transcript)")
    #expect(transcript.results(of: "compare") == ["same"])
    let status = transcript.results(of: "child status").first.flatMap { Int32($0) } ?? 0
    return (transcript.description, status >> 8)
  }

  private func summary(_ text: String) -> String {
    let known = ["explicit: ", "implicit: ", "none: ", "revoked: ", "expired: ", "broken: "]
    return text.split(separator: "\n").map(String.init).first { line in
      known.contains(where: line.hasPrefix)
    } ?? ""
  }

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
    ("join setperm:@s:37000000", "broken: the session keyring cannot be looked at (EACCES)", 1),
    ("join setperm:@s:3e000000", "broken: the session keyring cannot be looked at (EACCES)", 1),
  ])
  func tellsTheStateAndChangesNothing(steps: String, summary: String, exit: Int32) throws {
    let login = try Login()
    let status = try status("\(Self.asUser) \(steps)", in: login)
    #expect(self.summary(status.text) == summary)
    #expect(status.exit == exit)
  }

  @Test(arguments: [
    ("join:_uid_ses.0", "implicit: the user session keyring of root (0)", 1),
    ("join", "explicit: a session keyring of root (0)'s", 0),
  ])
  func tellsWhoseItIsThatTheDaemonBrought(steps: String, summary: String, exit: Int32) throws {
    let status = try status("\(steps) \(Self.asUser)", in: try Login())
    #expect(self.summary(status.text) == summary)
    #expect(status.exit == exit)
  }

  /// A user whom the kernel knows nothing of yet, and one who has an `@us`, both in what the test runner was
  /// started with: usually nothing.
  @Test(arguments: [
    ("", "none: the kernel makes the user session keyring when it is needed"),
    ("remember:@us", "none: the kernel falls back to the user session keyring"),
  ])
  func whoHasNoneGetsNone(steps: String, summary: String) throws {
    let login = try Login()
    let runner = try login.run("fork [ exec:\(Login.tool):status ]").description
    let status = try status("\(Self.asUser) \(steps)", in: login)
    guard self.summary(runner).hasPrefix("none") else {
      #expect(self.summary(status.text).prefix(8) == self.summary(runner).prefix(8))
      return
    }
    #expect(self.summary(status.text) == summary)
    #expect(status.exit == 1)
    let reach = steps.isEmpty ? "no: there is none" : "yes"
    #expect(status.text.contains("\n  @us          \(reach)\n"))
  }

  @Test func drawsTheTreeAsKeyctlDoes() throws {
    let login = try Login()
    let steps = """
      \(Self.asUser) remember:@us join link:@us:@s link:@u:@s add:@us:ticket add:@s:other \
      fork [ exec:/usr/bin/keyctl:show ] fork [ exec:\(Login.tool):status ]
      """
    let lines = try login.run(steps).description.split(separator: "\n").map(String.init)
    let tree = lines.filter { $0.contains(" --") }
    #expect(tree.count == 12, "\(lines)")
    let unmarked = tree.map { $0.replacing("  (@us)", with: "").replacing("  (@u)", with: "") }
    #expect(Array(unmarked.prefix(6)) == Array(unmarked.suffix(6)))
    #expect(tree.suffix(6).filter { $0.hasSuffix("_uid_ses.\(login.uid)  (@us)") }.count == 1)
    #expect(tree.suffix(6).filter { $0.hasSuffix("_uid.\(login.uid)  (@u)") }.count == 2)
  }

  @Test func tellsWhatRequestKeyReaches() throws {
    func reach(_ steps: String) throws -> [String] {
      try status("\(Self.asUser) \(steps)", in: try Login()).text.split(separator: "\n")
        .filter { $0.hasPrefix("  @u") || $0.hasPrefix("  persistent") }
        .map { String($0.drop { $0 != " " }.dropFirst(15)) }
    }
    let unlinked = "no: the session keyring does not lead to it"
    #expect(try reach("join") == ["no: there is none", "no: there is none", "no: there is none"])
    #expect(try reach("remember:@us join") == [unlinked, unlinked, "no: there is none"])
    #expect(try reach("join link:@u:@s") == [unlinked, "yes", "no: there is none"])
    #expect(try reach("join link:@us:@s") == ["yes", "yes", "no: there is none"])
  }

  @Test(arguments: ["crowd", "fill"])
  func tellsThatTheQuotaIsFull(filling: String) throws {
    let status = try status("\(Self.asUser) join \(filling)", in: try Login())
    #expect(status.text.contains(": 0 more logins fit"))
    #expect(status.exit == 0)
  }

  /// Logins that stay, one after the other, until one has no room any more.
  @Test(arguments: [("crowd:5", 5), ("fill:100", 7)])
  func asManyLoginsFitAsItSays(filling: String, fits: Int) throws {
    let login = try Login()
    let steps = "\(Self.asUser) remember:@us join \(filling)"
    #expect(try status(steps, in: login).text.contains(": \(fits) more logins fit"))
    let session = "background [ join link:@us:@s link:@u:@s sleep:3000 ] sleep:60"
    let logins = Array(repeating: session, count: fits + 2).joined(separator: " ")
    let transcript = try Login().run("\(steps) mark:logins \(logins)")
    let results = transcript.description.split(separator: "\n").drop { $0 != "mark logins" }
    let whole = results.dropFirst().prefix { $0 == "join ok" || $0 == "link ok" }
    #expect(whole.count / 3 == fits, "\(transcript)")
  }

  @Test(arguments: [
    ["nonsense"], ["status", "--nonsense"], ["audit", "--root", "/nonexistent"],
    ["audit", "--fail-on", "nonsense"],
  ])
  func whatCannotBeDoneIsStatusTwo(arguments: [String]) throws {
    let transcript = try Login().run(Login.tool, arguments)
    #expect(transcript.exitStatus == 2)
    #expect(transcript.description.hasPrefix("Error: "))
  }
}
