// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Synchronization
import SystemHarness

/// The module, or the one that it is compared with: the baseline, not a pass or a fail.
enum Subject: CaseIterable {
  case pamKeyinit, pamSessionKeyring

  var path: String {
    switch self {
    case .pamKeyinit: Self.pathOfPAMKeyinit
    case .pamSessionKeyring: Login.module
    }
  }

  private static let pathOfPAMKeyinit: String = {
    let directories = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    let paths = directories.map { "/usr/lib/\($0)/security/pam_keyinit.so" }
    return paths.first { FileManager.default.fileExists(atPath: $0) } ?? "pam_keyinit.so"
  }()
}

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

private let table = Mutex(Login.root.appending(path: "build/figures.tsv"))

private func addRow(_ row: String) throws {
  try table.withLock { table in
    let rows = (try? Data(contentsOf: table)) ?? Data()
    try (rows + Data(row.utf8)).write(to: table)
  }
}
