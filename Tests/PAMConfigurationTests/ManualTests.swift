// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Testing

@testable import PAMConfiguration

/// The manual page of the program lists every verdict, kind of finding and module that the audit knows, and
/// no other.
struct ManualTests {
  private let lines: [String]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let page = try String(
      contentsOf: root.appending(path: "man/session-keyring.1.scd"), encoding: .utf8)
    let audit = try #require(page.components(separatedBy: "\n# AUDIT\n").last)
    lines = audit.components(separatedBy: "\n# ")[0].components(separatedBy: "\n")
  }

  @Test func listsEachVerdictFromGoodToBad() {
    let terms = zip(lines, lines.dropFirst()).filter {
      $0.hasPrefix("*") && $1.hasPrefix("\t")
    }.map(\.0)
    #expect(terms == Verdict.allCases.map { "*\($0.rawValue)*" })
  }

  @Test func listsEachKindOfFinding() {
    let rows = lines.filter { $0.hasPrefix("|") }
    #expect(rows == Finding.Kind.allCases.map { "\($0 == .none ? "|[" : "| ") *\($0.rawValue)*" })
  }

  @Test func listsEachModuleThatStoresKeys() throws {
    let kind = try #require(lines.firstIndex(of: "|  *\(Finding.Kind.afterKeys.rawValue)*"))
    let named = lines[kind + 1].components(separatedBy: "*").filter { $0.hasPrefix("pam_") }
    #expect(Set(named) == KnownModules.storesInKeyring)
    #expect(named.count == KnownModules.storesInKeyring.count)
  }
}
