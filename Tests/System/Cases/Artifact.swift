// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// An object that make(1) builds, as binutils sees it.
struct Artifact: CustomTestStringConvertible {
  enum Architecture { case amd64, arm64 }
  struct Section {
    let name: String
    let address, offset, size, alignment: Int
    let flags: String
  }

  let path: String
  let machine: Architecture
  /// What the object is of before it is stripped, and the list of what that was linked from.
  private let linked, list: String

  static let modules: [Artifact] = {
    let module = "pam_session_keyring"
    let list = "release/\(module).product/Objects.LinkFileList"
    let own = Artifact(
      path: "build/\(module).so", machine: here,
      linked: ".build-module/release/lib\(module).so", list: ".build-module/\(list)")
    let crossed = Artifact(
      path: "build/arm64/\(module).so", machine: .arm64,
      linked: ".build-arm64/release/lib\(module).elf", list: ".build-arm64/\(list)")
    return here == .arm64 ? [own] : [own, crossed]
  }()

  static let program = Artifact(
    path: "build/session-keyring", machine: here, linked: ".build/release/session-keyring",
    list: ".build/release/session-keyring.product/Objects.LinkFileList")

  #if arch(arm64)
    private static let here = Architecture.arm64
  #else
    private static let here = Architecture.amd64
  #endif

  var testDescription: String { path }
  var url: URL { PAMFixture.root.appending(path: path) }

  /// The largest page that a kernel for the machine has, to which mprotect(2) rounds.
  var largestPage: Int { machine == .arm64 ? 65536 : 4096 }

  func lines(of program: String, _ arguments: String...) throws -> [Substring] {
    try Self.lines(of: program, arguments + [url.path])
  }

  func sections() throws -> [Section] { try Self.sections(in: [url.path]) }

  /// The sections of all that the object was linked from.
  func compiledSections() throws -> [Section] {
    let list = try String(contentsOf: PAMFixture.root.appending(path: list), encoding: .utf8)
    return try Self.sections(in: list.split(separator: "\n").map(String.init))
  }

  /// Where the functions and constants with names have come to lie.
  func addresses() throws -> [Substring: Int] {
    let symbols = try Self.lines(
      of: "nm", ["--defined-only", PAMFixture.root.appending(path: linked).path])
    let named = symbols.map { $0.split(separator: " ") }.filter { $0.count == 3 }
    return try Dictionary(named.map { ($0[2], try Self.number($0[0])) }) { first, _ in first }
  }

  /// The machine code, in words of four bytes.
  func words() throws -> [UInt32] {
    let bytes = try Data(contentsOf: url)
    return try sections().filter { $0.flags.contains("X") }.flatMap { section in
      stride(from: section.offset, to: section.offset + section.size, by: 4).map { offset in
        bytes.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
      }
    }
  }

  /// That the object was not built is a failure.
  private static func lines(of program: String, _ arguments: [String]) throws -> [Substring] {
    let output = try PAMFixture().run("/usr/bin/" + program, arguments)
    try #require(output.exitStatus == 0, "\(output)")
    return output.description.split(separator: "\n")
  }

  private static func number(_ hexadecimal: Substring) throws -> Int {
    try #require(Int(hexadecimal, radix: 16))
  }

  private static func sections(in paths: [String]) throws -> [Section] {
    let row =
      #/\] (\S+) +\S+ +([0-9a-f]{16}) (\S+) (\S+) \S+ +([A-Za-z]*) +\d+ +\d+ +(\d+)$/#
    return try lines(of: "readelf", ["--sections", "--wide"] + paths).compactMap { line in
      try row.firstMatch(in: line).map { match in
        Section(
          name: String(match.1), address: try number(match.2), offset: try number(match.3),
          size: try number(match.4), alignment: try #require(Int(match.6)), flags: String(match.5))
      }
    }
  }
}
