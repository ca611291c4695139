// SPDX-License-Identifier: BSD-3-Clause

/// A file of the configuration, or a line of it.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// Counted from 1; nil for the whole file.
  public let line: Int?

  public var description: String { line.map { "\(file):\($0)" } ?? file }
}
