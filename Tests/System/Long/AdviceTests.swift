// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import Synchronization
import SystemHarness
import Testing

/// The audit's diffs over many random trees and over the services of Debian's packages, before libpam and after
/// patch(1).
struct AdviceTests {
  private static let batch = 100

  private struct Count {
    var exceptions: [String] = []
    var (trees, open, changed, excused) = (0, 0, 0, 0)

    mutating func add(_ batch: PatchedTrees) {
      exceptions += batch.exceptions
      trees += batch.trees.count
      (open, changed, excused) = (
        open + batch.open, changed + batch.changed, excused + batch.excused
      )
    }
  }

  @Test func nothingIsClosedOrOpenedAndTheRestIsExplicitInRandomTrees() throws {
    let total = Mutex(Count())
    // A batch mostly waits for the programs that it runs.
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 5
    for first in stride(from: 0, to: UInt64(generatedTrees), by: Self.batch) {
      queue.addOperation {
        do {
          var batch = try PatchedTrees(
            seeds: first..<first + UInt64(Self.batch), on: try PatchedTrees.machine())
          try batch.run()
          total.withLock { $0.add(batch) }
          for exception in batch.exceptions { print("from seed \(first), \(exception)") }
        } catch {
          total.withLock { $0.exceptions.append("batch from seed \(first): \(error)") }
        }
        let count = total.withLock { $0 }
        print("patched trees: \(count.trees), exceptions: \(count.exceptions.count)")
      }
    }
    queue.waitUntilAllOperationsAreFinished()
    let count = total.withLock { $0 }
    #expect(count.exceptions.isEmpty, "\(count.exceptions.prefix(5).joined(separator: "\n"))")
    #expect(count.trees == generatedTrees && count.changed > generatedTrees / 2)
    try addRow("patched trees: trees\t-\t\(count.trees)\n")
    try addRow("patched trees: exceptions\t-\t\(count.exceptions.count)\n")
    try addRow("patched trees: services that open a session\t-\t\(count.open)\n")
    try addRow("patched trees: of these changed\t-\t\(count.changed)\n")
    try addRow("patched trees: of these not by a diff, with a reason\t-\t\(count.excused)\n")
  }

  /// Packages with a service beside those that the audit is held against.
  private static let others = [
    "greetd", "lxdm", "open-vm-tools", "ppp", "proftpd-core", "pure-ftpd-common", "remctl-server",
    "samba",
    "samba-common", "screen", "slim", "usermode", "wdm", "xdm",
  ]

  @Test(arguments: [false, true])
  func nothingIsClosedOrOpenedAndTheRestIsExplicitInPackages(withModule: Bool) throws {
    let packaged = try PackagedServices(withModule: withModule, others: Self.others)
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
    #expect(withModule ? trees.changed < 12 : trees.changed > 30)
  }
}
