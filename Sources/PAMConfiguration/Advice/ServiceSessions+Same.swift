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
      before.reading.session, reading.session, removed, added,
      walks: { (before.dispatch, dispatch) }, results: [[.success, .sessionError]])
      && Self.isSame(
        before.reading.auth, reading.auth, removed, added,
        walks: { (before.auth, auth) }, results: [[.ignore], [.success, .credentialsError]])
  }

  /// Whether it has the same session lines, and so the same keyrings.
  func hasSameSession(as before: ServiceSessions) -> Bool {
    reading.session.elementsEqual(before.reading.session) {
      $0.kind == $1.kind && $0.control == $1.control && $0.level == $1.level
    }
  }

  /// The walks are taken only where a line is changed. A module of another name changes nothing here: its line has
  /// the same control flag.
  private static func isSame(
    _ old: [Handler], _ new: [Handler], _ removed: LinesOfFile, _ added: LinesOfFile,
    walks: () -> (Dispatch, Dispatch), results: [[ReturnCode]]
  ) -> Bool {
    let (removed, added) = (removed.indices(in: old), added.indices(in: new))
    guard !removed.isEmpty || !added.isEmpty || old.map(\.control) != new.map(\.control) else {
      return true
    }
    let (before, after) = walks()
    return results.allSatisfy { results in
      var same = SameOutcome(
        before, removed: removed, after, added: added, resultsOfAdded: results)
      return same?.holds() ?? false
    }
  }
}
