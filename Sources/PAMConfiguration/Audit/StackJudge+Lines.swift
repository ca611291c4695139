// SPDX-License-Identifier: BSD-3-Clause

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
    let store = session.firstIndex(where: storesKeys)
    let missing = lines.filter { !isInstalled($0.handler) }.map {
      Finding(.missingModule, $0.handler.location, Wording.moduleNotInstalled)
    }
    return missing
      + zip([nil] + installed.map(Optional.some), installed).flatMap { earlier, line in
        findings(of: line, after: earlier, store: store, dispatch)
      }
  }

  private func findings(
    of line: KeyringLine, after earlier: KeyringLine?, store: Int?, _ dispatch: Dispatch
  ) -> [Finding] {
    let discarded = dispatch.opened.filter { $0.discarder == line.index }
    var findings: [Finding] = []
    func find(_ kind: Finding.Kind, _ text: String, related: SourceLocation? = nil) {
      findings.append(Finding(kind, line.handler.location, text, related: related))
    }
    if let skipper = dispatch.skips[line.index].map({ session[$0].location }) {
      find(.skipped, Wording.skipped(by: skipper), related: skipper)
    }
    if [.bad, .die].contains(line.handler.control[.sessionError]) {
      find(.locksOut, Wording.locksOut)
    }
    if hasInvoker, line.module.inherits,
      dispatch.opened.contains(where: { $0.present == .ofInvoker })
    {
      find(.keepsInvokers, Wording.keepsInvokers)
    } else if line.module.canKeepAnothers, dispatch.opened.contains(where: { $0.creator == nil }) {
      find(.keepsAnothers, Wording.keepsAnothers)
    }
    if !discarded.isEmpty || dispatch.opened.contains(where: { $0.creator == line.index }),
      let store, store < line.index
    {
      let store = session[store].location
      find(.afterKeys, Wording.replaces(keysOf: store), related: store)
    }
    // This module after pam_keyinit adopts the keyring and adds links, as the package has it on Debian.
    if let earlier, !discarded.isEmpty || line.module.isKeyinit && !earlier.module.isKeyinit {
      let first = earlier.handler.location
      let isForRoot = discarded.allSatisfy(\.isOfRoot)
      if discarded.isEmpty {
        find(.twice, Wording.twice(after: first), related: first)
      } else {
        find(
          isForRoot ? .discardsForRoot : .discards,
          Wording.replaces(keyringOf: first, isForRoot: isForRoot), related: first)
      }
    }
    return findings
  }

  private func storesKeys(_ handler: Handler) -> Bool {
    KnownModules.storesKeys(handler) && isInstalled(handler)
  }
}
