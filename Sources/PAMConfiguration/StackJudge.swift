// SPDX-License-Identifier: BSD-3-Clause

/// Judges a service by its stacks of modules.
struct StackJudge {
  let session: [Handler]
  let auth: [Handler]
  /// What to name where no line is to blame.
  let start: Place
  let isInstalled: (Handler) -> Bool

  func judge() -> (verdict: Verdict, place: Place, findings: [Finding]) {
    let dispatch = Dispatch(
      session, beginnings: LoginKeyring.beginnings, isInstalled: isInstalled)
    let (verdict, place, findings) = decide(dispatch)
    return (verdict, place, findings + findingsOfLines(dispatch))
  }

  /// The verdict, the line it hangs on, and what has to be said of it.
  private func decide(_ dispatch: Dispatch) -> (Verdict, Place, [Finding]) {
    func unknown(_ place: Place, _ text: String) -> (Verdict, Place, [Finding]) {
      (.unknown, place, [Finding(.undecided, place, text)])
    }
    guard !dispatch.isTooMany else {
      return unknown(start, "the modules' results lead along more ways than can be followed")
    }
    guard !dispatch.opened.isEmpty else {
      let culprit = session.first { handler in
        KnownModules.results(of: handler).allSatisfy { [.bad, .die].contains(handler.control[$0]) }
      }
      return unknown(culprit?.place ?? start, "no session opens")
    }
    // What a daemon without a keyring gives the user.
    let logins = dispatch.opened.filter { $0.beginning == .none }
    guard let maker = logins.sorted(by: { !$0.isOfRoot && $1.isOfRoot }).compactMap(\.maker).first
    else {
      let credentials = auth.first { KeyringModule($0) != nil && isInstalled($0) }
      guard let place = credentials?.place else { return missing() }
      let finding = Finding(
        .authOnly, place,
        "only pam_setcred makes the session keyring, which not every program calls",
        advice(at: session.first?.place ?? start))
      return (.unknown, place, [finding])
    }
    guard logins.allSatisfy({ $0.maker != nil }) else {
      let culprit = dispatch.skips[maker].map { session[$0].place } ?? start
      return unknown(culprit, "the session keyring depends on what this line's module returns")
    }
    if let discarder = dispatch.opened.filter({ !$0.isOfRoot }).compactMap(\.discarder).min() {
      return (.discarded, session[discarder].place, [])
    }
    // With `inherit`, root keeps a keyring that the daemon brought along, which is root's: a finding.
    if dispatch.opened.allSatisfy({ $0.isOfRoot || $0.maker != nil }) {
      return (.explicit, session[maker].place, [])
    }
    return (.conditional, session[maker].place, [])
  }

  private func missing() -> (Verdict, Place, [Finding]) {
    let first = session.first { !$0.words.isEmpty }?.place ?? start
    let finding = Finding(.none, first, "no line makes a session keyring", advice(at: first))
    return (.never, start, [finding])
  }

  private func advice(at place: Place) -> Finding.Advice {
    Finding.Advice(
      way: .before, place: place, line: "session optional pam_session_keyring.so")
  }

  /// What has to be said of the lines that make a keyring, whatever the verdict is.
  private func findingsOfLines(_ dispatch: Dispatch) -> [Finding] {
    let lines = session.enumerated().compactMap { place, handler in
      KeyringModule(handler).map { KeyringLine(place: place, handler: handler, module: $0) }
    }
    let installed = lines.filter { isInstalled($0.handler) }
    let missing = lines.filter { !isInstalled($0.handler) }.map {
      Finding(.missingModule, $0.handler.place, "its module is not installed")
    }
    return missing
      + zip([nil] + installed.map(Optional.some), installed).flatMap { earlier, line in
        findings(of: line, after: earlier, dispatch)
      }
  }

  private struct KeyringLine {
    let place: Int
    let handler: Handler
    let module: KeyringModule
  }

  private func findings(
    of line: KeyringLine, after earlier: KeyringLine?, _ dispatch: Dispatch
  ) -> [Finding] {
    let words = line.handler.words
    let discarded = dispatch.opened.filter { $0.discarder == line.place }
    var findings: [Finding] = []
    func find(
      _ kind: Finding.Kind, _ text: String, _ words: [String], before place: Place? = nil
    ) {
      let advice = Finding.Advice(
        way: place == nil ? .replace : .before, place: place ?? line.handler.place,
        line: shown(words.joined(separator: " "), most: 256))
      findings.append(Finding(kind, line.handler.place, text, advice))
    }
    if let skipper = dispatch.skips[line.place].map({ session[$0] }) {
      find(.skipped, "can be left out by \(skipper.place)", words, before: skipper.place)
    }
    if [.bad, .die].contains(line.handler.control[.sessionError]) {
      find(
        .locksOut, "locks people out if it fails", [words[0], "optional"] + words.dropFirst(2))
    }
    if line.module.canKeepAnothers, dispatch.opened.contains(where: { $0.maker == nil }) {
      find(
        .keepsAnothers, "keeps a keyring that the daemon brought along",
        words.filter { $0 != "inherit" } + (words.contains("inherit") ? [] : ["force"]))
    }
    if !discarded.isEmpty || dispatch.opened.contains(where: { $0.maker == line.place }),
      let store = session[..<line.place].first(where: storesKeys)
    {
      find(
        .afterKeys, "replaces the keyring that \(store.place) may have put keys into", words,
        before: store.place)
    }
    if let made = earlier?.handler, !discarded.isEmpty || made.module != line.handler.module {
      let forRoot = discarded.allSatisfy(\.isOfRoot)
      let kind: Finding.Kind = discarded.isEmpty ? .twice : forRoot ? .discardsForRoot : .discards
      find(
        kind,
        kind == .twice
          ? "\(made.place) makes a session keyring as well"
          : "replaces the keyring that \(made.place) made\(forRoot ? " for root" : "")",
        ["#"] + words)
    }
    return findings
  }

  private func storesKeys(_ handler: Handler) -> Bool {
    handler.module.map(KnownModules.storesInKeyring.contains) ?? false && isInstalled(handler)
  }
}
