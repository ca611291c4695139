// SPDX-License-Identifier: BSD-3-Clause

/// How a session is opened, pam_open_session(3): libpam's walk along a stack of modules, with every
/// combination of results that the modules can return.
///
/// This is `_pam_dispatch_aux` in libpam/pam_dispatch.c, and keeps its words; the stack is what
/// `_pam_add_handler` in libpam/pam_handlers.c chains up.
struct Dispatch {
  let stack: [Handler]
  private let modules: [KeyringModule?]
  /// Whether the module of each line may store keys.
  private let stores: [Bool]
  /// What each line can lead to. Results that libpam treats alike are one.
  private let outcomes: [[Outcome]]
  private let jumps: JumpTargets

  /// The keyrings of logins whose session was opened.
  private(set) var opened: Set<LoginKeyring> = []
  /// The first line that can skip a keyring module, by that module's index.
  private(set) var skips: [Int: Int] = [:]
  /// Whether there are more states than the walk takes on.
  private(set) var exceedsLimit = false

  /// One state of the walk: what `_pam_dispatch_aux` has in its variables before a line.
  struct State: Hashable {
    var impression = Impression()
    /// `substates`: the impressions at the entrance to each substack, the outermost first.
    var substates = [Impression()]
    /// `prev_level`: how deep the line before was.
    var level = 0
    var keyring: LoginKeyring
  }

  /// Follows the stack. A module that is not installed is one whose function libpam does not find. Equal states
  /// are followed once, and no more than there are steps for.
  init(
    _ stack: [Handler], beginnings: [LoginKeyring], steps: StepCount,
    isInstalled: (Handler) -> Bool,
    results known: (Handler) -> [ReturnCode] = KnownModules.results
  ) {
    self.stack = stack
    jumps = JumpTargets(levels: stack.map(\.level))
    let installed = stack.map(isInstalled)
    modules = zip(stack, installed).map { $1 ? KeyringModule($0) : nil }
    stores = zip(stack, installed).map { $1 && KnownModules.storesKeys($0) }
    outcomes = zip(stack, installed).map { handler, isInstalled in
      let results =
        handler.module == nil ? [.mustFail] : isInstalled ? known(handler) : [.moduleUnknown]
      // After PAM_INCOMPLETE no session is open.
      return Array(Set(results.filter { $0 != .incomplete }.map { Outcome(of: $0, handler) }))
    }
    var ends = Array(stack.indices)
    var states: [Int: Set<State>] = [0: Set(beginnings.map { State(keyring: $0) })]
    for index in stack.indices {
      guard let present = states.removeValue(forKey: index) else { continue }
      for state in present {
        for (next, state) in step(state, at: index, noting: &ends) {
          guard steps.take() else {
            exceedsLimit = true
            return
          }
          states[next, default: []].insert(state)
        }
      }
    }
    for state in states[stack.count] ?? [] where state.impression.isOpening {
      opened.insert(state.keyring)
    }
    for skipped in stack.indices where modules[skipped] != nil {
      skips[skipped] = ends[..<skipped].firstIndex { $0 > skipped }
    }
  }

  /// The states that follow a line, each with the index of the line that it leads to.
  private func step(
    _ state: State, at index: Int, noting ends: inout [Int]
  ) -> [(Int, State)] {
    var state = state
    enter(&state, at: index)
    if case .substack = stack[index].kind { return [(index + 1, state)] }
    if let module = modules[index] { state.keyring.run(module, at: index) }
    if stores[index] { state.keyring.store() }
    return outcomes[index].map { outcome in
      let (next, state, isSkip) = transition(outcome, state, from: index)
      if isSkip { ends[index] = max(ends[index], next) }
      return (next, state)
    }
  }

  /// Keeps or drops the impressions at the entrances to substacks.
  func enter(_ state: inout State, at index: Int) {
    let level = stack[index].level
    guard state.level != level || level > 0 else { return }
    if state.level < level { state.substates.append(state.impression) }
    state.substates = Array(state.substates.prefix(level + 1))
    state.level = level
  }

  func outcomes(at index: Int) -> [Outcome] { outcomes[index] }

  func outcome(of code: ReturnCode, at index: Int) -> Outcome { Outcome(of: code, stack[index]) }

  struct Outcome: Hashable {
    let action: Action
    let isSuccess: Bool

    fileprivate init(of code: ReturnCode, _ handler: Handler) {
      (action, isSuccess) = (handler.control[code], code == .success)
    }
  }

  /// What libpam does after a module has returned.
  func follow(_ outcome: Outcome, _ state: State, from index: Int) -> (Int, State) {
    let (next, state, _) = transition(outcome, state, from: index)
    return (next, state)
  }

  /// The same, the switch over `action`; and whether lines are left out without a failure.
  private func transition(
    _ outcome: Outcome, _ state: State, from index: Int
  ) -> (Int, State, isSkip: Bool) {
    var state = state
    var next = index + 1
    switch outcome.action {
    case .ignore: break
    case .reset: state.impression = state.substates[state.level]
    case .ok, .done:
      if state.impression.isGood { state.impression = Impression(.positive, outcome.isSuccess) }
      if outcome.action == .done, state.impression.sign == .positive {
        return (jumps.end(ofLevelAt: index), state, true)
      }
    case .bad, .die:
      if state.impression.sign != .negative {
        state.impression = Impression(.negative, outcome.isSuccess)
      }
      if outcome.action == .die { next = jumps.end(ofLevelAt: index) }
    case .jump(let count):
      guard let target = jumps.target(of: count, from: index) else {
        // "bad jump in stack": libpam skips what there is, and the session fails.
        state.impression = Impression(.negative, false)
        return (jumps.end(ofLevelAt: index), state, false)
      }
      return (target, state, true)
    }
    return (next, state, false)
  }
}
