// SPDX-License-Identifier: BSD-3-Clause

/// A line of a configuration file as libpam puts it together, pam.conf(5): without comments, with the
/// lines that a backslash at the end ties to it.
struct Line: Equatable {
  /// The number of its first physical line that holds anything.
  let number: Int
  let text: [UInt8]
}

/// The lines of a file, and where libpam stops reading it or reads it in another way.
struct FileLines: Equatable {
  enum Trouble: Equatable {
    /// The file ends where a backslash promises another line: libpam refuses it.
    case unfinished(Int)
    /// More than libpam before 1.6 reads at once: it takes the rest for a line of its own.
    case tooLong(Int)
  }

  private(set) var lines: [Line] = []
  private(set) var trouble: Trouble?

  /// What libpam before 1.6 has room for, with a newline and a NUL.
  private static let room = 1024

  init(_ contents: [UInt8]) {
    var text: [UInt8] = []
    var start: Int?
    var number = 0
    for whole in contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if text.count + whole.count + 2 > Self.room { trouble = trouble ?? .tooLong(number) }
      // For C the line ends with a NUL.
      let part = whole.prefix { $0 != 0 }
      guard let first = part.first(where: { !$0.isBlank }), first != UInt8(ascii: "#") else {
        continue
      }
      start = start ?? number
      if let comment = part.firstIndex(of: UInt8(ascii: "#")) {
        text += part[..<comment]
      } else if let last = part.lastIndex(where: { !$0.isBlank }),
        part[last] == UInt8(ascii: "\\")
      {
        text += part[..<last] + [UInt8(ascii: " ")]
        continue
      } else {
        text += part
      }
      lines.append(Line(number: start ?? number, text: text))
      (text, start) = ([], nil)
    }
    if let start { trouble = trouble ?? .unfinished(start) }
  }
}

/// The words of a line, one after the other, as libpam's own tokenizer finds them: `[...]` is one
/// word, without the brackets, and `\]` in it stands for a bracket.
struct Words {
  private var rest: ArraySlice<UInt8>

  init(_ text: [UInt8]) { rest = text[...] }

  mutating func next() -> [UInt8]? {
    rest = rest.drop { $0.isBlank }
    guard let first = rest.first else { return nil }
    guard first == UInt8(ascii: "[") else {
      let word = rest.prefix { !$0.isBlank }
      rest = rest[word.endIndex...].dropFirst()
      return Array(word)
    }
    rest = rest.dropFirst()
    var word: [UInt8] = []
    while let byte = rest.popFirst(), byte != UInt8(ascii: "]") {
      let isEscape = byte == UInt8(ascii: "\\") && rest.first == UInt8(ascii: "]")
      word.append(isEscape ? rest.removeFirst() : byte)
    }
    return word
  }

  /// All words that are left.
  mutating func remaining() -> [[UInt8]] {
    var words: [[UInt8]] = []
    while let word = next() { words.append(word) }
    return words
  }
}

extension UInt8 {
  /// Whether libpam takes it for space between words.
  var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
  }
}
