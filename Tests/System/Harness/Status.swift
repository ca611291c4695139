// SPDX-License-Identifier: BSD-3-Clause

/// What `session-keyring status` says at the end of some steps of the driver, and what it left.
public struct Status {
  public static let asUser = "ids:{uid}:{uid}:{uid}"

  public let text: String
  public let exitStatus: Int32
  /// What the user owned before, behind that, and behind a request_key(2): all of it the same, where
  /// nothing was created.
  public let keys: [String]
  /// How the process that ran it differs from what it was: `same`.
  public let change: String

  /// It is run twice: what the first run did to the process shows in the second.
  public init(after steps: String, in login: PAMFixture, of user: String = "{uid}") throws {
    let run = "fork [ exec:\(PAMFixture.tool):status ]"
    let transcript = try login.run(
      "\(steps) keys:\(user) note \(run) mark:again \(run) compare keys:\(user) request:nothing keys:\(user)"
    )
    let runs = transcript.description.split(separator: "mark again\n")
    text = String(runs.first ?? "")
    keys = transcript.results(of: "keys")
    let changes = transcript.results(of: "compare")
    let again = Transcript(String(runs.last ?? ""), exitStatus: 0)
    change =
      Self.summary(again.description) == Self.summary(text)
      ? changes.joined() : "then: \(again)"
    let status = transcript.results(of: "child status").first.flatMap { Int32($0) } ?? 0
    exitStatus = status >> 8
  }

  public var summary: String { Self.summary(text) }

  public var lines: [String] { text.split(separator: "\n").map(String.init) }

  /// Whether nothing was created, and the process is as it was.
  public var hasChangedNothing: Bool {
    keys.count == 3 && Set(keys).count == 1 && change == "same"
  }

  private static func summary(_ text: String) -> String {
    let known = ["explicit: ", "implicit: ", "none: ", "revoked: ", "expired: ", "broken: "]
    return text.split(separator: "\n").map(String.init).first { line in
      known.contains(where: line.hasPrefix)
    } ?? ""
  }
}
