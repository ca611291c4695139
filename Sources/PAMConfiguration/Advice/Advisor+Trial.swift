// SPDX-License-Identifier: BSD-3-Clause

extension Advisor {
  /// The services that a change of the file may change, as they are.
  func concerned(
    by file: ServiceFile, of service: String, _ own: ServiceSessions
  ) -> [String: ServiceSessions] {
    var names = readers[files.target(of: file.path) ?? file.path, default: []].union([service])
    // What includes a file that did not exist may find the copy.
    if file.isCopied { names.formUnion(withErrors) }
    return Dictionary(
      uniqueKeysWithValues: names.map { ($0, $0 == service ? own : sessions($0)) })
  }

  /// Tries a change out, and keeps it if all that read the file stay as they are.
  mutating func accept(
    _ proposal: Repair, _ file: ServiceFile, _ service: String,
    _ concerned: [String: ServiceSessions], until isReached: (ServiceSessions) -> Bool
  ) -> Bool {
    let (contents, added) = proposal.applied(to: file.contents)
    files.replace(file.target, with: contents)
    let removed = LinesOfFile(paths: files.paths(of: file.path), numbers: proposal.removed)
    let holds = concerned.allSatisfy { name, before in
      let after = sessions(name)
      let added = LinesOfFile(paths: files.paths(of: file.target), numbers: added)
      let isOpen = after.areOpen(as: before, without: removed, with: added)
      guard isOpen, name == service else {
        return isOpen
          && (after.hasSameSession(as: before) || !before.areExplicit || after.areExplicit)
      }
      return isReached(after) && areExplicit(after, of: service)
    }
    guard holds else {
      files.replace(file.target, with: originals[file.target] == nil ? nil : file.contents)
      return false
    }
    changeCount += 1
    let copied = file.isCopied ? file.path : nil
    originals[file.target, default: (file.contents, copied, [])].services.insert(service)
    if file.isCopied { for name in concerned.keys { note(name) } }
    return true
  }
}
