// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration

/// Prints advice as a diff for patch(1), with what it cannot do in comment lines before that.
enum AuditDiff {
  static func print(_ advice: Advice, _ output: Output = .standard) {
    let comments = advice.comments.map { "# \($0)\n" }.joined()
    output.write(Array(comments.utf8) + advice.diff)
    // Whoever sends the diff to a file or to patch(1) sees it all the same.
    if !output.isTerminal { Output.error.write(comments) }
  }
}

extension Advice {
  /// What people have to know beside the diff, a line each.
  fileprivate var comments: [String] {
    changes.flatMap { change in
      (change.copied.map { ["\(change.path): copied from \($0); compare them after upgrades"] }
        ?? [])
        + (change.afterwards.map { ["\(change.path): \($0)"] } ?? [])
    } + notes.flatMap(\.lines)
  }
}
