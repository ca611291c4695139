// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Synchronization
import SystemHarness
import Testing

/// Every system call of the module fails once in every way.
struct FaultMatrixTests {
  @Test func everySystemCallFailsOnceInEveryWay() throws {
    var cells: [FaultResult] = []
    let figures = try compare("fault matrix") { subject in
      cells = try run(scenarios(for: subject))
      try write(cells, to: subject == .pamKeyinit ? "fault-matrix-pam_keyinit" : "fault-matrix")
      return Self.count(cells)
    }
    #expect(figures["faults injected", default: 0] > 1000)
    #expect(figures["under PAM_SUCCESS"] != figures["faults injected"], "the faults were met")
    #expect(cells.filter(\.crashed).map(\.row) == [])
    #expect(cells.filter { !$0.callerIsSame }.map(\.row) == [])
    #expect(cells.filter(\.isForeignUnderSuccess).map(\.row) == [])
    #expect(cells.filter { !$0.isSuccess && !$0.isLoggedOnce }.map(\.row) == [])
  }

  /// The calls on each kind of line. pam_keyinit gets those that it knows.
  private func scenarios(for subject: Subject) -> [FaultScenario] {
    let own = subject == .pamSessionKeyring
    let opening =
      ["", "force"]
      + (own
        ? [
          "inherit", "join=matrix", "link=user-session", "link=user", "link=persistent",
          "link=none", "link=user,invoker",
        ] : [])
    let closing = ["revoke", "force revoke"] + (own ? ["inherit revoke", "link=none"] : [])
    let otherCaller = ["force"] + (own ? ["join=matrix"] : [])
    func scenarios(
      _ lines: [String], _ calls: [FaultScenario.PAMCall], caller: String = ""
    ) -> [FaultScenario] {
      lines.flatMap { line in
        calls.map { FaultScenario(call: $0, module: subject.path, line: line, caller: caller) }
      }
    }
    return scenarios(opening, [.open, .establish]) + scenarios(closing, [.close, .delete])
      + scenarios(otherCaller, [.open], caller: "ids:0:0:0:{other}")
  }

  /// Scenarios side by side: each spends its time waiting for a traced process.
  private func run(_ scenarios: [FaultScenario]) throws -> [FaultResult] {
    let cells = Mutex<[Result<[FaultResult], any Error>]>([])
    DispatchQueue.concurrentPerform(iterations: scenarios.count) { index in
      let more = Result { try scenarios[index].cells() }
      cells.withLock { $0.append(more) }
    }
    return try cells.withLock { try $0.flatMap { try $0.get() } }
  }

  private func write(_ cells: [FaultResult], to name: String) throws {
    let table = ([FaultResult.header] + cells.map(\.row).sorted()).joined(separator: "\n") + "\n"
    try Data(table.utf8).write(to: PAMFixture.root.appending(path: "build/\(name).tsv"))
  }

  private static func count(_ cells: [FaultResult]) -> Figures {
    func count(_ isCounted: (FaultResult) -> Bool) -> Int { cells.filter(isCounted).count }
    return [
      "faults injected": cells.count,
      "under PAM_SUCCESS": count(\.isSuccess),
      "under PAM_SESSION_ERR": count { $0.result == "PAM_SESSION_ERR" },
      "under PAM_CRED_ERR": count { $0.result == "PAM_CRED_ERR" },
      "under PAM_ABORT": count { $0.result == "PAM_ABORT" },
      "crashes": count(\.crashed),
      "caller left changed": count { !$0.callerIsSame },
      "caller left changed under PAM_SUCCESS": count { !$0.callerIsSame && $0.isSuccess },
      "daemon's or stranger's keyring under PAM_SUCCESS": count(\.isForeignUnderSuccess),
      "failure not logged exactly once": count { !$0.isSuccess && !$0.isLoggedOnce },
    ]
  }
}
