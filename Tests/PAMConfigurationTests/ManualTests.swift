// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Testing

@testable import PAMConfiguration

/// The manual page of the program tells of every verdict, kind of finding and module that the audit knows,
/// and of no other.
struct ManualTests {
  private let page: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    page = try String(
      contentsOf: root.appending(path: "man/session-keyring.1.scd"), encoding: .utf8)
  }

  private func section(_ title: String) throws -> String {
    let start = try #require(page.range(of: "\n# \(title)\n")).upperBound
    return String(
      page[start...].prefix(
        upTo: page[start...].firstRange(of: "\n# ")?.lowerBound ?? page.endIndex))
  }

  @Test func tellsOfEachVerdictFromGoodToBad() throws {
    let named = try section("AUDIT").matches(of: #/\n\*([a-z]+)\*\n\t/#).map { String($0.1) }
    #expect(named == Verdict.allCases.map(\.rawValue))
  }

  @Test func tellsOfEachKindOfFinding() throws {
    let named = try section("AUDIT").matches(of: #/\n\|\[? +\*([a-z-]+)\*\n/#).map { String($0.1) }
    #expect(named == Finding.Kind.allCases.map(\.rawValue))
  }

  @Test func tellsOfEachModuleThatStoresKeys() throws {
    let row = try #require(try section("AUDIT").firstMatch(of: #/after-keys\*\n(.*)\n/#)).1
    let named = row.matches(of: #/\*(pam_[a-z0-9_]+)\*/#).map { String($0.1) }
    #expect(Set(named) == KnownModules.storesInKeyring)
  }
}
