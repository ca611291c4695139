// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration

/// Files of a machine that is nowhere but in a directory of its own, gone with the test.
final class Tree {
  let root = FileManager.default.temporaryDirectory.appending(
    path: "session-keyring-tree-\(UUID().uuidString)")

  init(_ files: [String: String]) throws {
    for (path, text) in files { try write(text, to: path) }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func write(_ text: String, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: root.appending(path: path).path, withDestinationPath: target)
  }

  var audit: Audit { get throws { Audit(try FileTree(root: root.path)) } }

  func judge(_ service: String) throws -> ServiceAudit {
    try withExtendedLifetime(self) { try audit.judge(service) }
  }

  /// Judges a service of these lines.
  static func judge(_ lines: String, _ others: [String: String] = [:]) throws -> ServiceAudit {
    try Tree(["etc/pam.d/login": lines].merging(others) { $1 }).judge("login")
  }
}
