// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration

/// Advice for people to read: the lines that the diff changes, and what it cannot do.
extension Advice {
  var isEmpty: Bool { changes.isEmpty && notes.isEmpty }

  var lines: [String] {
    changes.flatMap { change in
      change.edits.flatMap { edit in
        let copy = change.copied == nil ? "" : "copy to \(change.path), and there "
        return ["\(edit.location): \(copy)\(edit.instruction) (\(change.services.listed))"]
          + edit.lines.map { "    \($0)" }
      } + (change.afterwards.map { [$0] } ?? [])
    } + notes.flatMap(\.lines)
  }
}

extension FileEdit {
  fileprivate var instruction: String {
    switch position {
    case .replace: "replace with"
    case .before: "add before"
    case .remove: "remove"
    }
  }
}

extension AdviceNote {
  /// What is to be done otherwise.
  var lines: [String] {
    ["not by a diff: \(text) (\(services.listed))"] + (command.map { ["    \($0)"] } ?? [])
  }
}
