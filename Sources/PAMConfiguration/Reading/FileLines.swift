// SPDX-License-Identifier: BSD-3-Clause

/// A line of a configuration file as libpam assembles it, `_pam_line_assemble` in pam_line.c: without comments, with the
/// lines that a backslash at the end ties to it.
struct Line: Equatable {
  /// The number of its first physical line that holds anything.
  let number: Int
  let text: [UInt8]
  /// Where the text is in the file, in as many pieces as it has physical lines: byte for byte, with a space in the
  /// place of each backslash that continues it.
  let pieces: [Range<Int>]
}

/// The lines of a file, and where libpam stops reading it, or reads it in another way.
struct FileLines: Equatable {
  /// Whether versions of libpam read the file in two ways, and which it is cannot be known.
  private(set) var dependsOnVersion = false
  private(set) var lines: [Line] = []
  /// The first line that is longer than libpam before 1.6 reads at once: it takes the rest for a line of
  /// its own.
  private(set) var overlongLine: Int?
  /// The last line, if the file ends after its backslash: libpam refuses the file.
  private(set) var unfinishedLine: Int?
  /// The first line with a NUL, at which the line ends for C.
  private(set) var nulLine: Int?

  /// What libpam before 1.6 has room for, with a newline and a NUL.
  private static let room = 1024

  /// Reads a file as libpam does since 1.6 or did before; nil if it is not known which.
  init(_ contents: [UInt8], readsAsSince1_6: Bool?) {
    self.init(contents, blankLineEndsLine: readsAsSince1_6 ?? false)
    guard readsAsSince1_6 == nil else { return }
    let other = FileLines(contents, blankLineEndsLine: true)
    dependsOnVersion = lines != other.lines || unfinishedLine != other.unfinishedLine
  }

  private init(_ contents: [UInt8], blankLineEndsLine: Bool) {
    var text: [UInt8] = []
    var pieces: [Range<Int>] = []
    var start: Int?
    var number = 0
    // Whether the text has ended with a NUL, though the line goes on.
    var hasEnded = false
    func endLine() {
      if let start, text.contains(where: { !$0.isBlank }) {
        lines.append(Line(number: start, text: text, pieces: pieces))
      }
      (text, pieces, start, hasEnded) = ([], [], nil, false)
    }
    let physical = contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for whole in physical {
      number += 1
      if !blankLineEndsLine, text.count + whole.count + 2 > Self.room {
        overlongLine = overlongLine ?? number
      }
      let part = whole.prefix { $0 != 0 }
      let comment = part.firstIndex(of: UInt8(ascii: "#"))
      if comment == nil, part.endIndex < whole.endIndex { nulLine = nulLine ?? number }
      // Since 1.6 libpam knows how long the line is, and looks for the backslash after a NUL.
      let last = (blankLineEndsLine ? whole : part).lastIndex { !$0.isBlank }
      let isContinued = comment == nil && last.map { whole[$0] } == UInt8(ascii: "\\")
      guard isContinued || part[..<(comment ?? part.endIndex)].contains(where: { !$0.isBlank })
      else {
        let isEndOfFile = number == physical.count && whole.isEmpty
        if blankLineEndsLine, !isEndOfFile { endLine() }
        continue
      }
      start = start ?? number
      if !hasEnded {
        // Each backslash that continues a line is a space in it.
        let backslash = isContinued ? last.flatMap { part.indices.contains($0) ? $0 : nil } : nil
        let end = comment ?? backslash ?? part.endIndex
        text += part[..<end] + (backslash == nil ? [] : [UInt8(ascii: " ")])
        pieces.append(part.startIndex..<(backslash.map { $0 + 1 } ?? end))
        hasEnded = isContinued && backslash == nil
      } else {
        pieces.append(whole.startIndex..<whole.startIndex)
      }
      if !isContinued { endLine() }
    }
    unfinishedLine = start
  }
}
