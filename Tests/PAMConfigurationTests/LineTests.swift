// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import PAMConfiguration

struct LineTests {
  private func lines(_ contents: String) -> [String] {
    FileLines(Array(contents.utf8), readsAsSince1_6: false).lines.map {
      "\($0.number):\(text($0.text))"
    }
  }

  @Test(arguments: [
    ("", []), ("\n\n", []), ("a b\n", ["1:a b"]), ("a", ["1:a"]), ("# a\nb\n", ["2:b"]),
    ("  # a\n\t\nb", ["3:b"]), ("a # b\n", ["1:a "]), ("a#b\nc", ["1:a", "2:c"]),
    ("a \\\n b\nc\n", ["1:a   b", "3:c"]), ("a \\ \t\n b", ["1:a   b"]),
    ("a \\\n# between\n\n b\nc", ["1:a   b", "5:c"]),
    ("a \\ # no continuation\nb", ["1:a \\ ", "2:b"]),
    ("\\\na", ["1: a"]), ("a\r\n\r\n", ["1:a\r", "2:\r"]), ("a\0b\nc", ["1:a", "2:c"]),
    ("a\0b\\\nc", ["1:a", "2:c"]), ("a\\\0b\nc", ["1:a c"]), ("\0a\\\nb", ["2:b"]),
  ])
  func areAssembledAsLibpamDoes(contents: String, expected: [String]) {
    #expect(lines(contents) == expected)
  }

  @Test func aLineThatGoesOnAfterANulHasAllItsPieces() {
    let file = FileLines(Array("a\0b\\\nc\nd".utf8), readsAsSince1_6: true)
    #expect(file.lines.map(\.pieces) == [[0..<1, 5..<5], [7..<8]])
  }

  /// Since 1.6 a comment or a blank line ends a line that a backslash continues.
  @Test(arguments: [
    ("a \\\n# between\n\n b\nc", ["1:a  ", "4: b", "5:c"]), ("a \\\n\nb", ["1:a  ", "3:b"]),
    ("a \\\n b\nc\n", ["1:a   b", "3:c"]), ("\\\n# c\nb", ["3:b"]), ("a \\\n# c", ["1:a  "]),
    ("# a\nb\n", ["2:b"]), ("a \\\n\n", ["1:a  "]), ("a\0b\nc", ["1:a", "2:c"]),
    ("a\0b\\\nc\nd", ["1:a", "3:d"]), ("a\\\0b\nc", ["1:a\\", "2:c"]), ("\0a\\\nb\nc", ["3:c"]),
    ("a\\\n\0b\nc", ["1:a ", "3:c"]), ("a\0#b\\\nc\nd", ["1:a", "3:d"]),
  ])
  func endWithABlankLineInLaterVersions(contents: String, expected: [String]) {
    let file = FileLines(Array(contents.utf8), readsAsSince1_6: true)
    #expect(file.lines.map { "\($0.number):\(text($0.text))" } == expected)
    #expect(file.unfinishedLine == nil)
  }

  @Test(arguments: [
    ("a \\\n# between\n b\n", true), ("a \\\n b\n", false), ("# a\n\nb \\\n c\n", false),
    ("a \\\n\n", true),
  ])
  func dependOnTheVersion(contents: String, expected: Bool) {
    #expect(FileLines(Array(contents.utf8), readsAsSince1_6: nil).dependsOnVersion == expected)
  }

  @Test func aLineOfAnyLengthIsReadByLaterVersions() {
    let line = String(repeating: "x", count: 5000)
    #expect(FileLines(Array(line.utf8), readsAsSince1_6: true).overlongLine == nil)
  }

  @Test func findsALineThatIsNotFinished() {
    #expect(FileLines(Array("a\nb \\\n".utf8), readsAsSince1_6: false).unfinishedLine == 2)
    #expect(FileLines(Array("a\nb \\\n# c".utf8), readsAsSince1_6: false).unfinishedLine == 2)
    #expect(FileLines(Array("a\nb\n".utf8), readsAsSince1_6: false).unfinishedLine == nil)
  }

  @Test func findsALineThatOlderVersionsSplit() {
    let line = String(repeating: "x", count: 1022)
    #expect(FileLines(Array("\(line)\n".utf8), readsAsSince1_6: false).overlongLine == nil)
    #expect(FileLines(Array("\(line)x\n".utf8), readsAsSince1_6: false).overlongLine == 1)
    #expect(
      FileLines(Array("a\nb \\\n\(line)\n".utf8), readsAsSince1_6: false).overlongLine == 3)
  }
}

struct WordsTests {
  @Test(arguments: [
    ("", []), ("  a\tb  ", ["a", "b"]), ("a [b c] d", ["a", "b c", "d"]), ("[]", [""]),
    ("[a\\]b]c", ["a]b", "c"]), ("[a", ["a"]), ("a[b c]", ["a[b", "c]"]), ("[a\\b]", ["a\\b"]),
    ("[a [b] c]", ["a [b", "c]"]),
  ])
  func areFoundAsLibpamDoes(line: String, expected: [String]) {
    var words = Words(Array(line.utf8))
    #expect(words.remaining().map(text) == expected)
  }
}
