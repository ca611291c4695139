// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Testing

@testable import SessionKeyringTool

/// The version has one place; what has to name it names the same one.
struct VersionTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ file: String) throws -> String {
    try String(contentsOf: root.appending(path: file), encoding: .utf8)
  }

  /// That of the first entry, without Debian's revision.
  private static func version(in file: String) throws -> Substring {
    try #require(text(file).firstMatch(of: #/^pam-session-keyring \(([^)]+)-[^-)]+\) /#)).1
  }

  @Test func debianChangelogNamesIt() throws {
    #expect(try Self.version(in: "debian/changelog") == Version.text)
  }

  /// With the day of the release, which is that of the Debian package, once there is one.
  @Test func changelogNamesIt() throws {
    let heading = try #require(
      try Self.text("CHANGELOG.md").firstMatch(of: #/\n## (?<version>\S+), (?<day>.+)\n/#))
    #expect(heading.version == Version.text)
    guard heading.day != "unreleased" else { return }
    let released = try #require(
      try Self.text("debian/changelog").firstMatch(of: #/\n -- .*  \w+, (?<day>\d+ \w+ \d+) /#))
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "d MMM yyyy"
    let day = try #require(format.date(from: String(released.day)))
    format.dateFormat = "yyyy-MM-dd"
    #expect(heading.day == format.string(from: day))
  }

  @Test func newsIsAboutNoLaterVersion() throws {
    let news = try Self.version(in: "debian/NEWS")
    #expect(news.compare(Version.text, options: .numeric) != .orderedDescending)
  }

  @Test func programPrintsIt() {
    #expect(SessionKeyringCommand.configuration.version == Version.text)
  }
}
