// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import Testing

@testable import KeyInspection
@testable import SessionKeyringTool

/// The manual page shows what the program prints.
struct ManualTests {
  private let page: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    page = try String(
      contentsOf: root.appending(path: "man/session-keyring.1.scd"), encoding: .utf8)
  }

  @Test func showsWhatStatusPrints() throws {
    let example = page.components(separatedBy: "```")[1].components(separatedBy: "\n")
    for heading in [StatusWording.sessionKeyring, StatusWording.reachable] {
      #expect(example.contains(heading))
    }
    for keyring in UserKeyring.allCases {
      let row = try #require(example.first { $0.hasPrefix("  \(keyring.label) ") })
      let answer = row.dropFirst(15)
      #expect([StatusWording.yes, StatusWording.missing].contains(String(answer)))
    }
    let permissions = KeyPermissions(rawValue: 0x3f03_0000)
    #expect(example.contains("  permissions  \(permissions.text)"))
    let keyring = try #require(KeyDescription(Array("keyring;1000;1000;3f030000;_ses".utf8)))
    let state = SessionKeyringState.explicit(.session, keyring)
    let summary = StatusWording.summary(of: state, for: 1000) { "\($0)" }
    #expect(example.contains(summary))
    let quota = KeyQuota(
      of: 1000, rows: [" 1000: 5 5/5 4/200 53/20000"], maxKeys: 0, maxBytes: 0)
    let line = StatusWording.quota(quota, of: "alice (1000)", logins: quota.logins())
    #expect(example.contains(line))
  }

  @Test func namesEachPositionOfAdvice() {
    for position in FileEdit.Position.allCases {
      #expect(page.contains("*\(position.rawValue)*"))
    }
  }
}
