// SPDX-License-Identifier: BSD-3-Clause

import Testing

import SystemText

struct EscapingTests {
  @Test(
    arguments: [
      (Array("_ses".utf8), "_ses"),
      (Array("Schlüsselbund; 1".utf8), "Schlüsselbund; 1"),
      (Array("a\nb".utf8), #"a\u{a}b"#),
      (Array("\u{1b}[2J".utf8), #"\u{1b}[2J"#),
      (Array("a\\nb".utf8), #"a\\nb"#),
      (Array("\u{202e}txt".utf8), #"\u{202e}txt"#),
      (Array("\u{2028}\u{85}".utf8), #"\u{2028}\u{85}"#),
      ([0x77, 0xff, 0xfe], #"w\xff\xfe"#),
      ([0xc3], #"\xc3"#),
      ([0xe2, 0x82, 0x41], #"\xe2\x82A"#),
      ([0xed, 0xa0, 0x80], #"\xed\xa0\x80"#),
      ([], ""),
    ] as [([UInt8], String)])
  func showsWhatDoesNotPrint(bytes: [UInt8], text: String) { #expect(escaped(bytes) == text) }

  @Test func endsAtItsLimit() {
    #expect(escaped("a\nbc".utf8, limit: 3) == #"a\u{a}b..."#)
    #expect(escaped("a\nb".utf8, limit: 3) == #"a\u{a}b"#)
  }

  @Test func aLineToCopyKeepsItsBackslashes() {
    #expect(escaped(#"a\]"#.utf8, keepsBackslashes: true) == #"a\]"#)
    #expect(escaped("a\n".utf8, keepsBackslashes: true) == #"a\u{a}"#)
  }
}
