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

  /// What a test looks at and the program did not print. It ends the test, and says what there is.
  public struct Missing: Error, CustomStringConvertible { public let description: String }

  private func element<Element>(
    _ index: Int, of elements: [Element], _ what: String
  ) throws -> Element {
    guard elements.indices.contains(index) else {
      throw Missing(description: "no \(what) \(index), but \(elements.count), in:\n\(self)")
    }
    return elements[index]
  }

  /// The result of a verb the so many'th time, from 0 on.
  public func result(_ index: Int, of verb: String) throws -> String {
    try element(index, of: results(of: verb), verb)
  }

  /// Whether it was ended because it had hung.
  public var isHung: Bool { exitStatus == SIGKILL }

  /// What the module logged, without libpam's prefix: `ERR text`.
  public var log: [String] {
    results(of: "log").map { line in
      guard let priority = line.firstIndex(of: " "), let prefix = line.range(of: "): ") else {
        return line
      }
      return String(line[...priority] + line[prefix.upperBound...])
    }
  }

  public func logged(_ index: Int) throws -> String { try element(index, of: log, "log line") }

  /// How often bystanders looked at their ids, and how often these were not their own.
  public var looks: (count: Int, foreign: Int) {
    results(of: "bystander").map { $0.split(separator: " ") }.reduce(into: (0, 0)) {
      $0.0 += Int($1[0]) ?? 0
      $0.1 += Int($1[2]) ?? 0
    }
  }

  /// What the driver and the user held, time after time.
  public var usage: [Usage] { results(of: "usage").compactMap(Usage.init) }

  /// The session keyrings that were shown.
  public var shown: [Shown] { results(of: "show").map(Shown.init) }

  public func shown(_ index: Int) throws -> Shown { try element(index, of: shown, "show") }

  public func lastShown() throws -> Shown { try shown(shown.count - 1) }

  private var lines: [Substring] { description.split(separator: "\n") }
}
