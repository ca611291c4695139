// SPDX-License-Identifier: BSD-3-Clause

/// The lines of a file, each with its newline, if it has one.
func physicalLines(_ contents: [UInt8]) -> [ArraySlice<UInt8>] {
  var lines: [ArraySlice<UInt8>] = []
  var start = 0
  while start < contents.count {
    let newline = contents[start...].firstIndex(of: UInt8(ascii: "\n"))
    let end = newline.map { $0 + 1 } ?? contents.count
    lines.append(contents[start..<end])
    start = end
  }
  return lines
}

/// Lines of a file that are replaced by others, with what they were and are.
struct LineChange {
  /// Their indices; empty where lines are added before.
  var old: Range<Int>
  var new: Range<Int>

  /// The changes between two files, from the first to the last.
  static func all(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [LineChange] {
    // Most of a file is the same at both ends, and difference(from:) is slow: it gets what lies between.
    let before = zip(old, new).prefix { $0 == $1 }.count
    let after = zip(old.dropFirst(before).reversed(), new.dropFirst(before).reversed())
      .prefix { $0 == $1 }.count
    let difference = new[before..<new.count - after].difference(
      from: old[before..<old.count - after])
    let removed = Set(difference.removals.map { before + $0.offset })
    let inserted = Set(difference.insertions.map { before + $0.offset })
    var changes: [LineChange] = []
    var (left, right) = (before, before)
    while left < old.count - after || right < new.count - after {
      let start = (left, right)
      while removed.contains(left) { left += 1 }
      while inserted.contains(right) { right += 1 }
      if start != (left, right) {
        changes.append(LineChange(old: start.0..<left, new: start.1..<right))
      } else {
        left += 1
        right += 1
      }
    }
    return changes
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}

extension FileChange {
  /// Lines around a change by which patch(1) finds its place.
  private static let context = 3

  /// In the format of diff -u; empty where nothing is changed. A new file gets the permissions of any other,
  /// whatever umask patch(1) has.
  var diff: [UInt8] {
    let name = path.dropFirst()
    let header =
      copied == nil
      ? "--- a/\(name)\n+++ b/\(name)\n"
      : "diff --git a/\(name) b/\(name)\nnew file mode 100644\n--- /dev/null\n+++ b/\(name)\n"
    let old = copied == nil ? physicalLines(before) : []
    let new = physicalLines(after)
    let hunks = hunks(of: LineChange.all(old, new))
    guard !hunks.isEmpty else { return [] }
    return Array(header.utf8) + hunks.flatMap { hunk($0, old, new) }
  }

  /// Changes whose context overlaps are in one hunk.
  private func hunks(of changes: [LineChange]) -> [[LineChange]] {
    var hunks: [[LineChange]] = []
    for change in changes {
      if let last = hunks.last?.last,
        change.old.lowerBound - last.old.upperBound <= 2 * Self.context
      {
        hunks[hunks.count - 1].append(change)
      } else {
        hunks.append([change])
      }
    }
    return hunks
  }

  private func hunk(
    _ changes: [LineChange], _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> [UInt8] {
    guard let first = changes.first, let last = changes.last else { return [] }
    let before = min(Self.context, first.old.lowerBound)
    let after = min(Self.context, old.count - last.old.upperBound)
    var lines: [UInt8] = []
    func add(_ mark: Character, _ text: ArraySlice<ArraySlice<UInt8>>) {
      for line in text {
        lines += Array(String(mark).utf8) + line
        if line.last != UInt8(ascii: "\n") {
          lines += Array("\n\\ No newline at end of file\n".utf8)
        }
      }
    }
    var position = first.old.lowerBound - before
    for change in changes {
      add(" ", old[position..<change.old.lowerBound])
      add("-", old[change.old])
      add("+", new[change.new])
      position = change.old.upperBound
    }
    add(" ", old[position..<last.old.upperBound + after])
    let ranges = [
      Self.range(first.old.lowerBound - before, last.old.upperBound + after),
      Self.range(first.new.lowerBound - before, last.new.upperBound + after),
    ]
    return Array("@@ -\(ranges[0]) +\(ranges[1]) @@\n".utf8) + lines
  }

  /// The first line, counted from 1, and how many; the line before if there are none.
  private static func range(_ start: Int, _ end: Int) -> String {
    end == start ? "\(start),0" : "\(start + 1),\(end - start)"
  }
}
