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
    // A module of another name changes nothing here: its line has the same control flag.
    let isUnchanged = { (old: [Handler], new: [Handler]) in
      removed.indices(in: old).isEmpty && added.indices(in: new).isEmpty
        && old.map(\.control) == new.map(\.control)
    }
    let hasSession =
      isUnchanged(before.reading.session, reading.session)
      || Self.isSame(
        before.dispatch, dispatch, removed, added, results: [.success, .sessionError])
    let hasAuth =
      isUnchanged(before.reading.auth, reading.auth)
      || Self.isSame(before.auth, auth, removed, added, results: [.ignore])
        && Self.isSame(before.auth, auth, removed, added, results: [.success, .credentialsError])
    return hasSession && hasAuth
  }

  /// Whether it has the same session lines, and so the same keyrings.
  func hasSameSession(as before: ServiceSessions) -> Bool {
    reading.session.elementsEqual(before.reading.session) {
      $0.kind == $1.kind && $0.control == $1.control && $0.level == $1.level
    }
  }

  private static func isSame(
    _ before: Dispatch, _ after: Dispatch, _ removed: LinesOfFile, _ added: LinesOfFile,
    results: [ReturnCode]
  ) -> Bool {
    var same = SameOutcome(
      before, removed: removed.indices(in: before.stack), after,
      added: added.indices(in: after.stack), resultsOfAdded: results)
    return same?.holds() ?? false
  }
}
