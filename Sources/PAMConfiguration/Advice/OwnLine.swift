// SPDX-License-Identifier: BSD-3-Clause

/// A line of a service's own file, with the place of each of its words among the file's bytes.
struct OwnLine {
  struct Word {
    let text: String
    /// Nil if the word goes over the end of a physical line.
    let bytes: Range<Int>?
  }

  let number: Int
  /// From the first byte of its first physical line to after the last one of its last.
  let extent: Range<Int>
  /// The service that it is for, in the single file.
  let service: String?
  let type: String
  let control: String
  private let words: [Word]

  /// The module and its arguments, or what is included.
  var module: Word? { words.first }
  var arguments: ArraySlice<Word> { words.dropFirst() }

  /// The lines of a file that libpam can use.
  static func all(in contents: [UInt8], _ lines: FileLines, hasServiceField: Bool) -> [OwnLine] {
    lines.lines.compactMap { OwnLine($0, contents, hasServiceField: hasServiceField) }
  }

  private init?(_ line: Line, _ contents: [UInt8], hasServiceField: Bool) {
    guard let first = line.pieces.first, let last = line.pieces.last else { return nil }
    var reader = Words(line.text)
    var words: [Word] = []
    while let (word, range) = reader.nextWithRange() {
      words.append(Word(text: PAMConfiguration.text(word), bytes: line.bytes(of: range)))
    }
    service = hasServiceField && !words.isEmpty ? words.removeFirst().text.lowercased() : nil
    guard !words.isEmpty else { return nil }
    let type = words.removeFirst().text.lowercased()
    self.type = type.hasPrefix("-") ? String(type.dropFirst()) : type
    let isDebians = self.type == "@include"
    guard !words.isEmpty else { return nil }
    control = isDebians ? "include" : words.removeFirst().text
    guard !words.isEmpty else { return nil }
    self.words = words
    number = line.number
    let end = contents[last.upperBound...].firstIndex(of: UInt8(ascii: "\n"))
    extent = first.lowerBound..<(end.map { $0 + 1 } ?? contents.count)
  }

  var moduleName: String? { module.flatMap { Handler.module(of: $0.text) } }
}

extension Line {
  /// Where a part of the text is in the file; nil if that is in more than one piece.
  func bytes(of range: Range<Int>) -> Range<Int>? {
    var start = 0
    for piece in pieces {
      if start <= range.lowerBound, range.upperBound <= start + piece.count {
        let offset = piece.lowerBound - start
        return range.lowerBound + offset..<range.upperBound + offset
      }
      start += piece.count
    }
    return nil
  }
}
