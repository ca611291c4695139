// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// More than one line of the module in a stack: they share one session keyring.
struct LinesTests {
  private static let lines = [
    "", "force", "revoke", "inherit", "link=persistent", "join=lines",
    "force revoke link=persistent",
  ]
  static let pairs = lines.flatMap { first in lines.map { (first, $0) } }

  /// What the session keyring is before the first line, and the driver's steps that make it so.
  private enum Beginning: String, CaseIterable {
    case daemons, own, others

    var steps: String {
      switch self {
      case .daemons: "ids:0:0:0 join"
      case .own: "ids:{uid}:0:0 join ids:0:0:0"
      case .others: "ids:{other}:0:0 join ids:0:0:0"
      }
    }
  }

  private enum Origin { case adopted, kept, created, named }

  /// What the contract says of a session keyring behind two lines.
  private struct Expectation {
    private(set) var origin: Origin
    private(set) var links: Set<String>
    private let revokes: Bool

    init(_ beginning: Beginning, _ first: String, _ second: String, isRepeated: Bool) {
      origin = Self.origin(beginning, first)
      links = origin == .kept ? [] : Self.links(first)
      let isForced = second.hasPrefix("force") && [.adopted, .kept].contains(origin)
      if second.hasPrefix("join=") && origin != .named || isForced {
        origin = isForced ? .created : .named
        links = Self.links(second)
      } else if second.contains("link="), origin != .kept {
        links.formUnion(Self.links(second))
      }
      // Opened again, the first line is a later line too.
      if isRepeated, origin != .kept, first.contains("link=") { links.formUnion(Self.links(first)) }
      revokes = (first + second).contains("revoke")
    }

    var isRevoked: Bool { revokes && origin == .created }

    private static func origin(_ beginning: Beginning, _ line: String) -> Origin {
      if line.hasPrefix("inherit"), beginning == .others { return .kept }
      if line.hasPrefix("join=") { return .named }
      return beginning == .own && !line.hasPrefix("force") ? .adopted : .created
    }

    private static func links(_ line: String) -> Set<String> {
      line.contains("link=persistent") ? ["_persistent"] : ["_uid", "_uid_ses"]
    }
  }

  @Test(arguments: pairs, ["session", "auth"])
  func shareAKeyring(pair: (String, String), first type: String) throws {
    for beginning in Beginning.allCases {
      for opens in 1...2 {
        let login = try PAMFixture(services: [
          "two": """
          \(type) required {module} \(pair.0)
          auth required pam_permit.so
          session required {module} \(pair.1)

          """
        ])
        let opening = String(repeating: "open:h ", count: opens)
        let transcript = try login.run(
          """
          \(beginning.steps) show start:h:two:user
          \(type == "auth" ? "cred:h:establish" : "") \(opening) show
          \(String(repeating: "close:h show ", count: opens))
          """)
        try check(
          transcript,
          Expectation(beginning, pair.0, pair.1, isRepeated: opens > 1 && type == "session"), opens,
          login)
        #expect(transcript.log.isEmpty, "\(beginning)")
      }
    }
  }

  private func check(
    _ transcript: Transcript, _ expected: Expectation, _ opens: Int, _ login: PAMFixture
  ) throws {
    let shown = transcript.shown
    try #require(shown.count == 2 + opens, "\(transcript)")
    let (before, session) = (try #require(shown.first), try #require(shown.dropFirst().first))
    let last = try #require(shown.last)
    let results = transcript.results(of: "open") + transcript.results(of: "close")
    #expect(results == Array(repeating: "PAM_SUCCESS", count: 2 * opens))
    #expect(session.uid == "\(expected.origin == .kept ? login.otherUID : login.uid)")
    #expect(session.name == (expected.origin == .named ? "lines" : "_ses"))
    let isFound = [.adopted, .kept].contains(expected.origin)
    #expect((session.serial == before.serial) == isFound, "\(transcript)")
    let links = Set(session.links.map { String($0.prefix { $0 != "." }) })
    #expect(links == expected.links, "\(transcript)")
    // Not before the last close.
    #expect(shown.dropLast().dropFirst().allSatisfy { $0 == session })
    #expect(last == session || expected.isRevoked && last.error == "EKEYREVOKED", "\(transcript)")
    #expect((last.error == "EKEYREVOKED") == expected.isRevoked)
  }

  /// What another module joined since is not the session's.
  @Test(arguments: ["", "force", "link=persistent", "inherit"])
  func aKeyringThatAnotherModuleReplacedIsSetUpAnew(line: String) throws {
    let login = try PAMFixture(line)
    let transcript = try login.run(
      "start:h:test:user open:h show join add:@s:secret show open:h show find:secret")
    let sessions = transcript.shown
    try #require(sessions.count == 3)
    let last = try #require(sessions.last)
    #expect(Set(sessions.map(\.serial)).count == 3)
    #expect(last.uid == "\(login.uid)")
    #expect(transcript.results(of: "find") == ["ENOKEY"])
  }

  @Test func aLaterLineJoinsAnotherName() throws {
    let login = try PAMFixture(services: [
      "two": "session required {module} join=one\nsession required {module} join=other\n"
    ])
    let transcript = try login.run("start:h:two:user open:h show open:h show")
    #expect(transcript.shown.map(\.name) == ["other", "other"])
  }
}
