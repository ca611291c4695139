// SPDX-License-Identifier: BSD-3-Clause

internal import SystemText

/// A file of the configuration, or a line of it.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// Counted from 1; nil for the whole file.
  public let line: Int?

  /// The file's name as a line can hold it, whatever is in it.
  public var description: String {
    let file = escaped(file.utf8)
    return line.map { "\(file):\($0)" } ?? file
  }
}
