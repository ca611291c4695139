// SPDX-License-Identifier: BSD-3-Clause

/// Changes to one service's own lines, and where the lines that it has alone are by then.
struct Repair {
  /// Replaced ranges of the file's bytes, none of which overlap.
  private var replacements: [(range: Range<Int>, bytes: [UInt8])] = []
  /// The numbers of the lines that go, in the file as it is.
  private(set) var removed: Set<Int> = []

  var isEmpty: Bool { replacements.isEmpty }

  static let module = Array("pam_session_keyring.so".utf8)

  /// Writes this module in the place of another one.
  mutating func rename(_ line: OwnLine) -> Bool {
    guard let range = line.module?.bytes else { return false }
    replacements.append((range, Self.module))
    return true
  }

  /// Takes an argument out, with the blanks before it.
  mutating func remove(argument: String, of line: OwnLine, in contents: [UInt8]) -> Bool {
    for word in line.arguments where word.text == argument {
      guard let range = word.bytes else { return false }
      let blanks = contents[..<range.lowerBound].reversed().prefix { $0 == 0x20 || $0 == 0x09 }
        .count
      replacements.append((range.lowerBound - blanks..<range.upperBound, []))
    }
    return true
  }

  mutating func remove(_ line: OwnLine) {
    replacements.append((line.extent, []))
    removed.insert(line.number)
  }

  /// Writes a line before another one, or after the last.
  mutating func insert(_ text: String, before line: OwnLine) {
    let start = line.extent.lowerBound
    let own = line.service.map { "\($0) " } ?? ""
    replacements.append((start..<start, Array("\(own)\(text)\n".utf8)))
  }

  /// The file's bytes, and the numbers of the lines that are added, when all is done.
  func applied(to contents: [UInt8]) -> (contents: [UInt8], added: Set<Int>) {
    var result: [UInt8] = []
    var added: Set<Int> = []
    var position = 0
    // An insertion comes before what is replaced at the same place.
    let ordered = replacements.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for (range, bytes) in ordered {
      result += contents[position..<range.lowerBound]
      if range.isEmpty { added.insert(1 + result.count { $0 == UInt8(ascii: "\n") }) }
      result += bytes
      position = range.upperBound
    }
    return (result + contents[position...], added)
  }
}
