// SPDX-License-Identifier: BSD-3-Clause

/// Lines of a file by their numbers, whatever path it is read by.
struct LinesOfFile {
  let paths: Set<String>
  let numbers: Set<Int>

  func indices(in stack: [Handler]) -> Set<Int> {
    Set(
      stack.indices.filter { index in
        let location = stack[index].location
        return paths.contains(location.file) && location.line.map(numbers.contains) ?? false
      })
  }
}

extension ServiceSessions {
  /// Whether the service opens and refuses just what it did before, in both stacks.
  func areOpen(as before: ServiceSessions, without removed: LinesOfFile, with added: LinesOfFile)
    -> Bool
  {
    guard reading.isUsable else {
      return reading.isRefused == before.reading.isRefused
        && (reading.obstacle == nil) == (before.reading.obstacle == nil)
    }
    guard before.reading.isUsable else { return false }
    return Self.isSame(
      before.dispatch, dispatch, removed, added, results: [.success, .sessionError])
      && Self.isSame(before.auth, auth, removed, added, results: [.ignore])
      && Self.isSame(before.auth, auth, removed, added, results: [.success, .credentialsError])
  }

  private static func isSame(
    _ before: Dispatch, _ after: Dispatch, _ removed: LinesOfFile, _ added: LinesOfFile,
    results: [ReturnCode]
  ) -> Bool {
    let removed = removed.indices(in: before.stack)
    let added = added.indices(in: after.stack)
    // Lines that are not changed need no walk.
    if removed.isEmpty, added.isEmpty, before.stack.map(\.control) == after.stack.map(\.control) {
      return true
    }
    var same = SameOutcome(
      before, removed: removed, after, added: added, resultsOfAdded: results)
    return same?.holds() ?? false
  }
}
