// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// The audit's diffs over many random trees and over the services of Debian's packages, before libpam and after
/// patch(1).
struct AdviceTests {
  private static let trees: UInt64 = 10_000
  private static let batch: UInt64 = 100

  @Test func nothingIsClosedOrOpenedAndTheRestIsExplicitInRandomTrees() throws {
    var (exceptions, open, changed, excused): ([String], Int, Int, Int) = ([], 0, 0, 0)
    for first in stride(from: 0, to: Self.trees, by: Int(Self.batch)) {
      var trees = try PatchedTrees(
        seeds: first..<first + Self.batch, on: try ConfigurationFixture())
      try trees.run()
      exceptions += trees.exceptions.map { "batch \(first), \($0)" }
      (open, changed, excused) = (
        open + trees.open, changed + trees.changed, excused + trees.excused
      )
    }
    #expect(exceptions.isEmpty, "\(exceptions.prefix(5).joined(separator: "\n"))")
    #expect(changed > Int(Self.trees) / 2)
    try addRow("patched trees: exceptions\t-\t\(exceptions.count)\n")
    try addRow("patched trees: services that open a session\t-\t\(open)\n")
    try addRow("patched trees: of these changed\t-\t\(changed)\n")
    try addRow("patched trees: of these not by a diff, with a reason\t-\t\(excused)\n")
  }

  @Test(arguments: [false, true])
  func nothingIsClosedOrOpenedAndTheRestIsExplicitInPackages(withModule: Bool) throws {
    let packaged = try PackagedServices(withModule: withModule)
    try packaged.installModules()
    try packaged.machine.install(["pam_permit", "pam_deny", "pam_keyinit"])
    try packaged.machine.installModule()
    var trees = PatchedTrees(on: packaged.machine)
    try trees.add(packaged.services) { _ in }
    try trees.run()
    #expect(trees.exceptions.isEmpty, "\(trees.exceptions.joined(separator: "\n"))")
    #expect(trees.excused == 0)
    let shared = packaged.services.filter { !$0.hasPrefix("common-") }
    #expect(trees.open >= 30 && shared.count >= 36)
    // With the package there is little left to do, and its own line stays.
    #expect(withModule ? trees.changed < 8 : trees.changed > 25)
  }
}
