// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Synchronization
import SystemHarness

/// How many random trees a test makes. CI has no time for all.
let generatedTrees = Int(ProcessInfo.processInfo.environment["GENERATED_TREES"] ?? "") ?? 10_000

/// What was counted in a run with one of the modules, in the words of the table's rows.
typealias Figures = KeyValuePairs<String, Int>

/// Counts the same with both modules, adds rows to `build/figures.tsv`, and returns the module's own.
func compare(
  _ title: String, _ count: (Subject) throws -> Figures
) throws -> [String: Int] {
  let baseline = try count(.pamKeyinit)
  let figures = try count(.pamSessionKeyring)
  let theirs = Dictionary(uniqueKeysWithValues: baseline.map { ($0.key, $0.value) })
  for (name, value) in figures {
    try addRow("\(title): \(name)\t\(theirs[name].map(String.init) ?? "-")\t\(value)\n")
  }
  return Dictionary(uniqueKeysWithValues: figures.map { ($0.key, $0.value) })
}

private let table = Mutex(PAMFixture.root.appending(path: "build/figures.tsv"))

func addRow(_ row: String) throws {
  try table.withLock { table in
    let rows = (try? Data(contentsOf: table)) ?? Data()
    try (rows + Data(row.utf8)).write(to: table)
  }
}
