// SPDX-License-Identifier: BSD-3-Clause

/// Judges a service by its stacks of modules.
struct StackJudge {
  let session: [Handler]
  let auth: [Handler]
  /// The location to name where no line is to blame.
  let start: SourceLocation
  let isInstalled: (Handler) -> Bool

  func judge() -> (verdict: Verdict, location: SourceLocation, findings: [Finding]) {
    let dispatch = Dispatch(
      session, beginnings: LoginKeyring.beginnings, isInstalled: isInstalled)
    let (verdict, location, findings) = decide(dispatch)
    return (verdict, location, findings + findingsOfLines(dispatch))
  }

  /// The verdict, the line that decides it, and the findings about it.
  private func decide(_ dispatch: Dispatch) -> (Verdict, SourceLocation, [Finding]) {
    func unknown(
      _ location: SourceLocation, _ text: String
    ) -> (Verdict, SourceLocation, [Finding]) {
      (.unknown, location, [Finding(.undecided, location, text)])
    }
    guard !dispatch.exceedsLimit else { return unknown(start, Wording.tooManyStates) }
    guard !dispatch.opened.isEmpty else {
      let culprit = session.first { handler in
        KnownModules.results(of: handler).allSatisfy { [.bad, .die].contains(handler.control[$0]) }
      }
      return unknown(culprit?.location ?? start, Wording.noSessionOpens)
    }
    // What a program without a session keyring gives the user.
    let logins = dispatch.opened.filter { $0.beginning == .none }
    guard
      let creator = logins.sorted(by: { !$0.isOfRoot && $1.isOfRoot }).compactMap(\.creator).first
    else {
      let credentials = auth.first { KeyringModule($0) != nil && isInstalled($0) }
      guard let location = credentials?.location else { return missing() }
      let finding = Finding(
        .authOnly, location, Wording.authOnly, advice(at: session.first?.location ?? start))
      return (.unknown, location, [finding])
    }
    guard logins.allSatisfy({ $0.creator != nil }) else {
      let culprit = dispatch.skips[creator].map { session[$0].location } ?? start
      return unknown(culprit, Wording.dependsOnResult)
    }
    if let discarder = dispatch.opened.filter({ !$0.isOfRoot }).compactMap(\.discarder).min() {
      return (.discarded, session[discarder].location, [])
    }
    // With `inherit`, root keeps an inherited session keyring that belongs to root: a finding alone.
    if dispatch.opened.allSatisfy({ $0.isOfRoot || $0.creator != nil }) {
      return (.explicit, session[creator].location, [])
    }
    return (.conditional, session[creator].location, [])
  }

  private func missing() -> (Verdict, SourceLocation, [Finding]) {
    let first = session.first { !$0.words.isEmpty }?.location ?? start
    return (.never, start, [Finding(.none, first, Wording.noKeyring, advice(at: first))])
  }

  private func advice(at location: SourceLocation) -> Finding.Edit {
    Finding.Edit(position: .before, location: location, line: Wording.lineToAdd)
  }
}
