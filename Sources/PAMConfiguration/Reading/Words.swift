// SPDX-License-Identifier: BSD-3-Clause

/// The words of a line, one after the other, as libpam's `_pam_tokenize` finds them: `[...]` is one
/// word, without the brackets, and `\]` in it is a bracket.
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

  /// The next word, and where it is in the text, with its brackets.
  mutating func nextWithRange() -> (word: [UInt8], range: Range<Int>)? {
    rest = rest.drop { $0.isBlank }
    let start = rest.startIndex
    let isBracketed = rest.first == UInt8(ascii: "[")
    guard let word = next() else { return nil }
    return (word, start..<(isBracketed ? rest.startIndex : start + word.count))
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

/// Words of a file as they are, for a path or a name to compare with.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
