// SPDX-License-Identifier: BSD-3-Clause

/// Judges a service by its stacks of modules.
struct StackJudge {
  let session: [Handler]
  let auth: [Handler]
  /// The location to name where no line is to blame.
  let start: SourceLocation
  /// Whether the service is that of a program such as su or sudo.
  let hasInvoker: Bool
  let steps: StepCount
  let isInstalled: (Handler) -> Bool

  private var beginnings: [LoginKeyring] { LoginKeyring.beginnings(withInvoker: hasInvoker) }

  func judge() -> (verdict: Verdict, location: SourceLocation, findings: [Finding]) {
    let dispatch = Dispatch(
      session, beginnings: beginnings, steps: steps, isInstalled: isInstalled)
    let (verdict, location, findings) = decide(dispatch)
    return (
      verdict, location, findings + findingsOfLines(dispatch) + findingsOfKeys(dispatch)
    )
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
      guard let (culprit, reason) = obstacle() else { return (.closed, closer() ?? start, []) }
      return unknown(culprit, reason)
    }
    // What a program without a session keyring gives the user.
    let logins = dispatch.opened.filter { $0.beginning == .none }
    guard
      let creator = logins.sorted(by: { !$0.isOfRoot && $1.isOfRoot }).compactMap(\.creator).first
    else {
      let credentials = auth.first { KeyringModule($0) != nil && isInstalled($0) }
      guard let location = credentials?.location else { return missing() }
      return (.unknown, location, [Finding(.authOnly, location, Wording.authOnly)])
    }
    guard logins.allSatisfy({ $0.creator != nil }) else {
      let culprit = dispatch.skips[creator].map { session[$0].location } ?? start
      return unknown(culprit, Wording.dependsOnResult)
    }
    if let discarder = dispatch.opened.filter({ !$0.isOfRoot }).compactMap(\.discarder).min() {
      return (.discarded, session[discarder].location, [])
    }
    // With `inherit`, root keeps an inherited session keyring that belongs to root: a finding alone.
    let others = dispatch.opened.filter { !$0.isOfRoot && $0.creator == nil }
    let verdict: Verdict =
      others.isEmpty
      ? .explicit : others.allSatisfy { $0.present == .ofInvoker } ? .inherited : .conditional
    let location = session[creator].location
    let isLinked = dispatch.opened.allSatisfy { !$0.isOwn || $0.linksUserSession }
    return (
      verdict, location,
      isLinked ? [] : [Finding(.lacksUserSession, location, Wording.lacksUserSession)]
    )
  }

  /// The line that keeps every session from opening, though it is not there for that: one that libpam cannot
  /// use, or whose module does not exist. Nil if none opens without these lines either.
  private func obstacle() -> (SourceLocation, String)? {
    let obstacles = session.filter { handler in
      guard case .module = handler.kind else { return handler.kind.isUnusable }
      return !isInstalled(handler) && handler.control[.moduleUnknown].isFailure
    }
    guard let first = obstacles.first else { return nil }
    let repaired = Dispatch(session.map(\.repaired), beginnings: beginnings, steps: steps) { _ in
      true
    }
    guard repaired.exceedsLimit || !repaired.opened.isEmpty else { return nil }
    guard let module = first.module else { return (first.location, Wording.unusable) }
    return (first.location, Wording.stopped(byMissing: module))
  }

  /// The first line that lets every session fail.
  private func closer() -> SourceLocation? {
    session.first { handler in
      KnownModules.results(of: handler).allSatisfy { handler.control[$0].isFailure }
    }?.location
  }

  private func missing() -> (Verdict, SourceLocation, [Finding]) {
    let first = session.first { !$0.words.isEmpty }?.location ?? start
    return (.never, start, [Finding(.none, first, Wording.noKeyring)])
  }
}
