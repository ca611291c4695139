// SPDX-License-Identifier: BSD-3-Clause

/// What a program printed.
public struct Transcript: CustomStringConvertible {
  public let description: String
  public let exitStatus: Int32

  public init(_ text: String, exitStatus: Int32) {
    description = text
    self.exitStatus = exitStatus
  }

  /// What was printed behind a verb, time after time.
  public func results(of verb: String) -> [String] {
    lines.filter { $0.hasPrefix(verb + " ") }.map { String($0.dropFirst(verb.count + 1)) }
  }

  /// What the module logged, without libpam's prefix: `ERR text`.
  public var log: [String] {
    results(of: "log").map { line in
      guard let priority = line.firstIndex(of: " "), let prefix = line.range(of: "): ") else {
        return line
      }
      return String(line[...priority] + line[prefix.upperBound...])
    }
  }

  /// The session keyrings that were shown.
  public var shown: [Shown] { results(of: "show").map(Shown.init) }

  private var lines: [Substring] { description.split(separator: "\n") }

  /// A session keyring, or the errno that came in its place.
  public struct Shown: Equatable {
    public var serial = "", uid = "", gid = "", permissions = "", name = ""
    public var links: [String] = []
    public var error = ""

    public init(_ line: String) {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard words.count >= 5 else {
        error = line
        return
      }
      (serial, uid, gid, permissions, name) = (words[0], words[1], words[2], words[3], words[4])
      links = words.count > 5 ? words[5].split(separator: ",").map(String.init) : []
    }
  }
}
