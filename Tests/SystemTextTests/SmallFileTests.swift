// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import LinuxKeyrings
import SystemText
import Testing

struct SmallFileTests {
  @Test func isReadAsAWhole() throws {
    let lines = try SmallFile.contents(at: #filePath).split(separator: UInt8(ascii: "\n"))
    #expect(lines.first.map { String(decoding: $0, as: UTF8.self) }?.contains("SPDX") ?? false)
  }

  @Test func isNothingElseThanAFile() {
    #expect(throws: ReadError("/dev/null", .notRegular)) { try SmallFile.contents(at: "/dev/null") }
    #expect(throws: ReadError("/proc", .notRegular)) { try SmallFile.contents(at: "/proc") }
  }

  @Test func isNoLargerThanItsLimit() throws {
    let file = try FileHandle(forReadingFrom: URL(filePath: #filePath))
    #expect(throws: ReadError("x", .tooLarge)) {
      try SmallFile.contents(of: file.fileDescriptor, at: "x", limit: 10)
    }
  }

  @Test func errorNamesTheFileAndWhatFailed() {
    let missing = Errno(rawValue: ENOENT)
    #expect(throws: ReadError("/nonexistent", .open(missing))) {
      try SmallFile.contents(at: "/nonexistent")
    }
    #expect(
      "\(ReadError("/nonexistent", .open(missing)))"
        == "cannot open /nonexistent: No such file or directory")
    #expect("\(ReadError("a\nb", .notRegular))" == #"cannot read a\u{a}b: not a regular file"#)
  }
}
