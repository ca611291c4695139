// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import Testing

@testable import LinuxPAM

struct ModuleArgumentTests {
  /// Runs `body` on a line's words as libpam hands them over.
  private func withArguments<Value>(
    _ words: [String], count: Int? = nil, _ body: (ModuleArguments) -> Value
  ) -> Value {
    var vector = unsafe words.map { unsafe UnsafePointer(strdup($0)) as UnsafePointer<CChar>? }
    defer { for word in unsafe vector { unsafe free(UnsafeMutablePointer(mutating: word)) } }
    return unsafe vector.withUnsafeMutableBufferPointer { vector in
      body(unsafe ModuleArguments(count: CInt(count ?? words.count), vector: vector.baseAddress))
    }
  }

  private func text(_ argument: ModuleArgument) -> String { unsafe String(cString: argument.text) }

  @Test func comeInOrder() {
    let words = ["force", "", "link=none", "a b"]
    #expect(withArguments(words) { $0.map(text) } == words)
  }

  @Test(arguments: [0, -1, .min])
  func areNoneWithoutACount(count: Int) {
    #expect(withArguments(["force"], count: Int(Int32(clamping: count))) { Array($0).count } == 0)
  }

  @Test func areNoneWithoutAVector() {
    #expect(unsafe Array(ModuleArguments(count: 3, vector: nil)).isEmpty)
  }

  @Test func areCasesOfASwitch() {
    for (word, isForce) in [
      ("force", true), ("forc", false), ("forcex", false), ("", false), ("inherit", false),
      ("force inherit", false), (" ", false), ("Force", false), ("force ", false),
    ] {
      #expect(
        word.withCString { "force" ~= (unsafe ModuleArgument($0)) } == isForce, "\(word)")
    }
  }

  @Test func haveAValueBehindTheirPrefix() {
    func value(_ word: String) -> String? {
      word.withCString { unsafe ModuleArgument($0).value(after: "join=").map(text) }
    }
    #expect(value("join=name") == "name")
    #expect(value("join=") == "")
    #expect(value("join") == nil)
    #expect(value("link=name") == nil)
    #expect(value("") == nil)
  }

  @Test func areListsBetweenCommas() {
    func items(_ list: String) -> [Int] {
      list.withCString { characters in
        var lengths: [Int] = []
        var rest: ModuleArgument? = unsafe ModuleArgument(characters)
        while let (item, following) = rest?.firstItem {
          lengths.append(item.printableLength)
          rest = following
        }
        return lengths
      }
    }
    #expect(items("user-session,user") == [12, 4])
    #expect(items("user") == [4])
    #expect(items("") == [0])
    #expect(items(",") == [0, 0])
    #expect(items("a,,b,") == [1, 0, 1, 0])
  }

  @Test(arguments: [
    ("plain", 5, true), ("", 0, true), ("two\nlines", 3, false), ("tab\there", 3, false),
    ("j\u{f6}in", 1, false), ("\u{7f}", 0, false), ("~ ok", 4, true),
    (String(repeating: "a", count: 64), 64, true), (String(repeating: "a", count: 65), 64, false),
  ])
  func showWhatFitsOnALine(word: String, length: Int, isWhole: Bool) {
    word.withCString { characters in
      let argument = unsafe ModuleArgument(characters)
      #expect(argument.printableLength == length)
      #expect(argument.isPrintable == isWhole)
    }
  }
}
