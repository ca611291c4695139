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
  let results: [[ReturnCode]]

  /// The keyrings of logins whose session was opened.
  private(set) var opened: Set<LoginKeyring> = []
  /// The first line that can skip a keyring module, by that module's index.
  private(set) var skips: [Int: Int] = [:]
  /// Whether there are more states than the walk takes on.
  private(set) var exceedsLimit = false

  /// Equal states are followed once. After so many the walk ends.
  private static let limit = 200_000

  /// One state of the walk: what `_pam_dispatch_aux` has in its variables before a line.
  struct State: Hashable {
    var impression = Impression()
    /// `substates`: the impressions at the entrance to each substack, the outermost first.
    var substates = [Impression()]
    /// `prev_level`: how deep the line before was.
    var level = 0
    var keyring: LoginKeyring
  }

  /// Follows the stack. A module that is not installed is one whose function libpam does not find.
  init(
    _ stack: [Handler], beginnings: [LoginKeyring], isInstalled: (Handler) -> Bool,
    results known: (Handler) -> [ReturnCode] = KnownModules.results
  ) {
    self.stack = stack
    let installed = stack.map(isInstalled)
    modules = zip(stack, installed).map { $1 ? KeyringModule($0) : nil }
    stores = zip(stack, installed).map { $1 && KnownModules.storesKeys($0) }
    results = zip(stack, installed).map { handler, isInstalled in
      guard case .module = handler.kind else { return [.mustFail] }
      return isInstalled ? known(handler) : [.moduleUnknown]
    }
    var states: [Int: Set<State>] = [0: Set(beginnings.map { State(keyring: $0) })]
    var steps = 0
    for index in stack.indices {
      guard let present = states.removeValue(forKey: index) else { continue }
      steps += present.count
      guard steps <= Self.limit else {
        exceedsLimit = true
        return
      }
      for state in present {
        for (next, state) in step(state, at: index) { states[next, default: []].insert(state) }
      }
    }
    for state in states[stack.count] ?? [] where state.impression.isOpening {
      opened.insert(state.keyring)
    }
  }

  /// The states that follow a line, each with the index of the line that it leads to.
  private mutating func step(_ state: State, at index: Int) -> [(Int, State)] {
    var state = state
    enter(&state, at: index)
    if case .substack = stack[index].kind { return [(index + 1, state)] }
    if let module = modules[index] { state.keyring.run(module, at: index) }
    if stores[index] { state.keyring.store() }
    return outcomes(at: index).map { follow($0, state, from: index) }
  }

  /// Keeps or drops the impressions at the entrances to substacks.
  func enter(_ state: inout State, at index: Int) {
    let handler = stack[index]
    if state.level < handler.level { state.substates.append(state.impression) }
    state.substates = Array(state.substates.prefix(handler.level + 1))
    state.level = handler.level
  }

  /// Results that libpam treats alike are one. After PAM_INCOMPLETE no session is open.
  func outcomes(at index: Int) -> Set<Outcome> {
    Set(results[index].filter { $0 != .incomplete }.map { outcome(of: $0, at: index) })
  }

  func outcome(of code: ReturnCode, at index: Int) -> Outcome {
    Outcome(action: stack[index].control[code], isSuccess: code == .success)
  }

  struct Outcome: Hashable {
    let action: Action
    let isSuccess: Bool
  }

  /// What libpam does after a module has returned: the switch over `action`.
  mutating func follow(
    _ outcome: Outcome, _ state: State, from index: Int
  ) -> (Int, State) {
    var state = state
    var next = index + 1
    switch outcome.action {
    case .ignore: break
    case .reset: state.impression = state.substates[state.level]
    case .ok, .done:
      if state.impression.isGood { state.impression = Impression(.positive, outcome.isSuccess) }
      if outcome.action == .done, state.impression.sign == .positive {
        next = end(ofLevelAt: index)
        noteSkipped(from: index, to: next)
      }
    case .bad, .die:
      if state.impression.sign != .negative {
        state.impression = Impression(.negative, outcome.isSuccess)
      }
      if outcome.action == .die { next = end(ofLevelAt: index) }
    case .jump(let count):
      guard let target = target(ofJump: count, from: index) else {
        // "bad jump in stack": libpam skips what there is, and the session fails.
        state.impression = Impression(.negative, false)
        return (end(ofLevelAt: index), state)
      }
      next = target
      noteSkipped(from: index, to: next)
    }
    return (next, state)
  }

  /// The index after the last line of this line's own substack, or of the whole stack.
  private func end(ofLevelAt index: Int) -> Int {
    let level = stack[index].level
    return stack[index...].firstIndex { $0.level < level } ?? stack.count
  }

  /// The line that a jump leads to; nil if there are not that many. A substack counts as one line.
  private func target(ofJump count: Int, from index: Int) -> Int? {
    let end = end(ofLevelAt: index)
    var target = index + 1
    for _ in 0..<count {
      guard target < end else { return nil }
      target += 1
      while target < end, stack[target].level > stack[index].level { target += 1 }
    }
    return target
  }

  private mutating func noteSkipped(from index: Int, to next: Int) {
    for skipped in index + 1..<max(next, index + 1) where modules[skipped] != nil {
      skips[skipped] = min(index, skips[skipped] ?? index)
    }
  }
}
