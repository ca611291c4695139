// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import ProcessCensus
import SystemText

/// Prints the processes for people: a line for each group, the largest concern first.
struct ProcessesReport {
  private let summary: String
  private let groups: [CensusGroup]
  private var names = AccountNames()

  init(_ entries: [CensusEntry]) {
    summary = ProcessesWording.summary(
      entries.reduce(into: [:]) { $0[$1.state, default: 0] += 1 })
    groups = CensusGroup.all(entries)
  }

  /// On a terminal, as much as one screen holds, each line cut to its width; all of it elsewhere.
  func text(on output: Output) -> String {
    text(isColored: output.takesColor, screen: output.screen)
  }

  func text(isColored: Bool, screen: (rows: Int, columns: Int)?) -> String {
    var shown = groups[...]
    var last: [String] = []
    // Around the lines come the summary, the heading, what is left out, and the shell's prompt.
    if let screen, groups.count > screen.rows - 3 {
      shown = groups.prefix(max(1, screen.rows - 4))
      let rest = groups.dropFirst(shown.count)
      last = [ProcessesWording.more(rest.count, rest.reduce(0) { $0 + $1.entries.count })]
    }
    var names = names
    let rows = [ProcessesWording.columns] + shown.map { $0.columns(&names) }
    let widths = ProcessesWording.columns.indices.dropLast().map { column in
      rows.map(\.[column].count).max() ?? 0
    }
    let lines = rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ") + "  " + (row.last ?? "")
    }
    func cut(_ line: String) -> String {
      guard let width = screen?.columns, line.count > width else { return line }
      return line.prefix(max(0, width - 3)) + "..."
    }
    let colored = lines.map(cut).enumerated().map { index, line in
      guard isColored, index > 0 else { return line }
      let state = groups[index - 1].first.state
      let word = line.prefix(state.rawValue.count)
      return "\u{1B}[\(state.color)m\(word)\u{1B}[0m" + line.dropFirst(word.count)
    }
    let heading = isColored ? "\u{1B}[1m\(cut(summary))\u{1B}[0m" : cut(summary)
    let body = groups.isEmpty ? [] : colored
    return ([heading] + body + last.map(cut)).map { $0 + "\n" }.joined()
  }
}

extension CensusGroup {
  fileprivate func columns(_ names: inout AccountNames) -> [String] {
    let task = first.task
    let nothing = ProcessesWording.nothing
    return [
      first.state.rawValue,
      task.keyring.map(ProcessesWording.keyring) ?? nothing,
      task.keyring.map { names[$0.user] } ?? nothing,
      names[task.user],
      task.loginUser.map { names[$0] } ?? nothing,
      first.unit.name.map { escaped($0) } ?? nothing,
      entries.map { ProcessesWording.process($0.task) }.joined(separator: ", "),
    ]
  }
}

extension KeyringState {
  /// The number of a colour, console_codes(4).
  fileprivate var color: Int {
    switch self {
    case .explicit: 32
    case .expired, .revoked: 33
    case .none, .implicit, .foreign: 31
    }
  }
}
