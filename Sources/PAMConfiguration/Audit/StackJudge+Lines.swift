// SPDX-License-Identifier: BSD-3-Clause

internal import SystemText

extension StackJudge {
  /// A line whose module creates session keyrings.
  private struct KeyringLine {
    /// Its index in the stack.
    let index: Int
    let handler: Handler
    let module: KeyringModule
  }

  /// The findings about the lines that create a session keyring, whatever the verdict is.
  func findingsOfLines(_ dispatch: Dispatch) -> [Finding] {
    let lines = session.enumerated().compactMap { index, handler in
      KeyringModule(handler).map { KeyringLine(index: index, handler: handler, module: $0) }
    }
    let installed = lines.filter { isInstalled($0.handler) }
    let missing = lines.filter { !isInstalled($0.handler) }.map {
      Finding(.missingModule, $0.handler.location, Wording.moduleNotInstalled)
    }
    return missing
      + zip([nil] + installed.map(Optional.some), installed).flatMap { earlier, line in
        findings(of: line, after: earlier, dispatch)
      }
  }

  private func findings(
    of line: KeyringLine, after earlier: KeyringLine?, _ dispatch: Dispatch
  ) -> [Finding] {
    let words = line.handler.words
    let discarded = dispatch.opened.filter { $0.discarder == line.index }
    var findings: [Finding] = []
    func find(
      _ kind: Finding.Kind, _ text: String, _ words: [String], before: SourceLocation? = nil,
      related: SourceLocation? = nil
    ) {
      let edit = Finding.Edit(
        position: before == nil ? .replace : .before, location: before ?? line.handler.location,
        line: escaped(words.joined(separator: " ").utf8, limit: 256, keepsBackslashes: true))
      findings.append(Finding(kind, line.handler.location, text, edit, related: related))
    }
    if let skipper = dispatch.skips[line.index].map({ session[$0].location }) {
      find(.skipped, Wording.skipped(by: skipper), words, before: skipper, related: skipper)
    }
    if [.bad, .die].contains(line.handler.control[.sessionError]) {
      find(.locksOut, Wording.locksOut, [words[0], "optional"] + words.dropFirst(2))
    }
    if hasInvoker, line.module.inherits,
      dispatch.opened.contains(where: { $0.present == .ofInvoker })
    {
      findings.append(Finding(.keepsInvokers, line.handler.location, Wording.keepsInvokers))
    } else if line.module.canKeepAnothers, dispatch.opened.contains(where: { $0.creator == nil }) {
      find(
        .keepsAnothers, Wording.keepsAnothers,
        words.filter { $0 != "inherit" } + (words.contains("inherit") ? [] : ["force"]))
    }
    if !discarded.isEmpty || dispatch.opened.contains(where: { $0.creator == line.index }),
      let store = session[..<line.index].first(where: storesKeys)?.location
    {
      find(.afterKeys, Wording.replaces(keysOf: store), words, before: store, related: store)
    }
    if let earlier, !discarded.isEmpty || earlier.handler.module != line.handler.module {
      let first = earlier.handler.location
      let isForRoot = discarded.allSatisfy(\.isOfRoot)
      if discarded.isEmpty {
        find(.twice, Wording.twice(after: first), ["#"] + words, related: first)
      } else {
        find(
          isForRoot ? .discardsForRoot : .discards,
          Wording.replaces(keyringOf: first, isForRoot: isForRoot), ["#"] + words,
          related: first)
      }
    }
    return findings
  }

  private func storesKeys(_ handler: Handler) -> Bool {
    handler.module.map(KnownModules.storesInKeyring.contains) ?? false && isInstalled(handler)
  }
}
