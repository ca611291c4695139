// SPDX-License-Identifier: BSD-3-Clause

internal import SystemText

/// One place of a change, for people and programs to read: the same lines as in the diff.
public struct FileEdit: Hashable, Sendable {
  public enum Position: String, CaseIterable, Sendable { case replace, before, remove }
  public let position: Position
  /// The lines that are replaced or removed, or before which others are written.
  public let location: SourceLocation
  /// The lines to write, as text, with spaces for tabs.
  public let lines: [String]
}

extension FileChange {
  /// The places of the change, in the file that there is: where a package's is copied, in that.
  public var edits: [FileEdit] {
    let old = physicalLines(before)
    let new = physicalLines(after)
    return LineChange.all(old, new).map { change in
      FileEdit(
        position: change.new.isEmpty ? .remove : change.old.isEmpty ? .before : .replace,
        location: SourceLocation(file: copied ?? path, line: change.old.lowerBound + 1),
        lines: new[change.new].map { line in
          let text = line.last == UInt8(ascii: "\n") ? line.dropLast() : line
          let spaced = text.map { $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0 }
          return escaped(spaced, limit: 256, keepsBackslashes: true)
        })
    }
  }
}
