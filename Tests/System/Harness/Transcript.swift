// SPDX-License-Identifier: BSD-3-Clause

import Glibc

/// What a program printed.
public struct Transcript: CustomStringConvertible, Sendable {
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

  /// Whether it was ended because it had hung.
  public var isHung: Bool { exitStatus == SIGKILL || exitStatus == 128 + SIGKILL }

  /// What the module logged, without libpam's prefix: `ERR text`.
  public var log: [String] {
    results(of: "log").map { line in
      guard let priority = line.firstIndex(of: " "), let prefix = line.range(of: "): ") else {
        return line
      }
      return String(line[...priority] + line[prefix.upperBound...])
    }
  }

  /// How often bystanders looked at their ids, and how often these were not their own.
  public var looks: (count: Int, foreign: Int) {
    results(of: "bystander").map { $0.split(separator: " ") }.reduce(into: (0, 0)) {
      $0.0 += Int($1[0]) ?? 0
      $0.1 += Int($1[2]) ?? 0
    }
  }

  /// What the client and the user held, time after time.
  public var usage: [(mappings: Int, pages: Int, keys: Int, keyBytes: Int)] {
    results(of: "usage").map { line in
      let numbers = line.split { !$0.isNumber }.compactMap { Int($0) }
      // Behind the first two a row of /proc/key-users, if the user has one: proc(5).
      let holdsKeys = numbers.count > 7
      return (numbers[0], numbers[1], holdsKeys ? numbers[5] : 0, holdsKeys ? numbers[7] : 0)
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
