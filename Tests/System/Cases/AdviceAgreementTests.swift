// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// The audit's diffs, applied by patch(1), compared with what the real libpam, modules and kernel do before and after.
struct AdviceAgreementTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func thePatchClosesAndOpensNothingAndMakesTheRestExplicit(batch: UInt64) throws {
    var trees = try PatchedTrees(
      seeds: batch * 25..<(batch + 1) * 25, on: try PatchedTrees.machine())
    try trees.run()
    #expect(trees.exceptions.isEmpty, "\(trees.exceptions.prefix(3).joined(separator: "\n"))")
    #expect(
      trees.open > 20 && trees.changed > 10, "\(trees.open), \(trees.changed), \(trees.excused)")
  }
}
