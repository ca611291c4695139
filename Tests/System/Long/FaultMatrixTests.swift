// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Synchronization
import SystemHarness
import Testing

/// Every system call of the module fails once in every way.
@Suite(.serialized)
struct FaultMatrixTests {
  static let lines = [
    "", "force", "inherit", "join=matrix", "link=user-session", "link=user", "link=persistent",
    "link=none",
  ]

  /// Scenarios side by side: each spends its time waiting for a traced process.
  private func cells(of scenarios: [FaultScenario]) -> [FaultCell] {
    let cells = Mutex<[FaultCell]>([])
    DispatchQueue.concurrentPerform(iterations: scenarios.count) { index in
      do {
        let more = try scenarios[index].cells()
        cells.withLock { $0 += more }
      } catch {
        Issue.record(error)
      }
    }
    return cells.withLock { $0 }
  }

  private func write(_ cells: [FaultCell], to name: String) throws {
    let table = ([FaultCell.header] + cells.map(\.row).sorted()).joined(separator: "\n") + "\n"
    try Data(table.utf8).write(to: Login.root.appending(path: "build/\(name).tsv"))
  }

  private func summarise(_ name: String, _ cells: [FaultCell]) {
    let results = Dictionary(grouping: cells, by: \.result).mapValues(\.count)
      .sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    print(
      """
      \(name): \(cells.count) faults, \(results)
        crashes: \(cells.filter(\.crashed).count)
        caller changed: \(cells.filter { !$0.callerIsSame }.count), \
      of these under PAM_SUCCESS: \(cells.filter { !$0.callerIsSame && $0.isSuccess }.count)
        daemon's or stranger's keyring under PAM_SUCCESS: \
      \(cells.filter(\.isForeignUnderSuccess).count)
        failures not logged exactly once: \
      \(cells.filter { !$0.isSuccess && !$0.isLoggedOnce }.count)
      """)
  }

  @Test func moduleStandsEveryFault() throws {
    var scenarios = Self.lines.flatMap { line in
      [FaultScenario.Call.open, .establish].map {
        FaultScenario(call: $0, module: Login.module, line: line)
      }
    }
    for line in ["revoke", "force revoke", "inherit revoke", "link=none"] {
      scenarios += [FaultScenario.Call.close, .delete].map {
        FaultScenario(call: $0, module: Login.module, line: line)
      }
    }
    let cells = cells(of: scenarios)
    try write(cells, to: "fault-matrix")
    summarise("pam_session_keyring", cells)

    #expect(cells.count > 1000, "the faults were injected")
    #expect(cells.contains { !$0.isSuccess }, "and met")
    #expect(cells.filter(\.crashed).map(\.row) == [])
    #expect(cells.filter { !$0.callerIsSame }.map(\.row) == [])
    #expect(cells.filter(\.isForeignUnderSuccess).map(\.row) == [])
    #expect(cells.filter { !$0.isSuccess && !$0.isLoggedOnce }.map(\.row) == [])
  }

  /// What Debian's module does with the same faults: the baseline, not a pass or a fail.
  @Test func pamKeyinitIsTheBaseline() throws {
    let scenarios = ["", "force", "force revoke"].flatMap { line in
      [FaultScenario.Call.open, .establish, .close, .delete].map {
        FaultScenario(call: $0, module: "pam_keyinit.so", line: line)
      }
    }
    let cells = cells(of: scenarios)
    try write(cells, to: "fault-matrix-pam_keyinit")
    summarise("pam_keyinit", cells)
    #expect(!cells.isEmpty)
  }
}
