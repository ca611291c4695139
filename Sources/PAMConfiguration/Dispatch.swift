// SPDX-License-Identifier: BSD-3-Clause

/// How a session is opened, pam_open_session(3): libpam's walk along a stack of modules, in every way
/// that the modules' results allow.
struct Dispatch {
  private let stack: [Handler]
  private let modules: [KeyringModule?]
  private let results: [[ReturnCode]]

  /// The keyrings of logins whose session was opened.
  private(set) var opened: Set<LoginKeyring> = []
  /// The lines that can have a keyring module left out, by that module's place.
  private(set) var skips: [Int: Int] = [:]
  /// More ways than can be followed.
  private(set) var isTooMany = false

  /// Ways that are alike are one. After so many steps the rest is left alone.
  private static let most = 200_000

  /// What libpam makes of the results so far.
  private struct Impression: Hashable {
    enum Sign { case undefined, positive, negative }
    let sign: Sign
    /// Whether what it is going to return is PAM_SUCCESS.
    let isSuccess: Bool

    init(_ sign: Sign = .undefined, _ isSuccess: Bool = false) {
      (self.sign, self.isSuccess) = (sign, isSuccess)
    }

    /// Whether a module's approval still counts.
    var isGood: Bool { sign == .undefined || isOpening }
    /// Whether the session opens if nothing more comes.
    var isOpening: Bool { sign == .positive && isSuccess }
  }

  private struct Way: Hashable {
    var impression = Impression()
    /// Those with which substacks were entered, the outermost first.
    var entered = [Impression()]
    /// How deep the line before stood.
    var level = 0
    var keyring: LoginKeyring
  }

  /// Follows the stack. Modules that are not installed return what libpam returns in their place.
  init(_ stack: [Handler], beginnings: [LoginKeyring], isInstalled: (Handler) -> Bool) {
    self.stack = stack
    let installed = stack.map(isInstalled)
    modules = zip(stack, installed).map { $1 ? KeyringModule($0) : nil }
    results = zip(stack, installed).map { handler, isInstalled in
      guard case .module = handler.kind else { return [.mustFail] }
      return isInstalled ? KnownModules.results(of: handler) : [.moduleUnknown]
    }
    var ways: [Int: Set<Way>] = [0: Set(beginnings.map { Way(keyring: $0) })]
    var steps = 0
    for place in stack.indices {
      guard let here = ways.removeValue(forKey: place) else { continue }
      steps += here.count
      guard steps <= Self.most else {
        isTooMany = true
        return
      }
      for way in here {
        for (next, way) in step(way, at: place) { ways[next, default: []].insert(way) }
      }
    }
    for way in ways[stack.count] ?? [] where way.impression.isOpening {
      opened.insert(way.keyring)
    }
  }

  /// The ways on from a line, each with the line it leads to.
  private mutating func step(_ way: Way, at place: Int) -> [(Int, Way)] {
    let handler = stack[place]
    var way = way
    if way.level < handler.level { way.entered.append(way.impression) }
    way.entered = Array(way.entered.prefix(handler.level + 1))
    way.level = handler.level
    if case .substack = handler.kind { return [(place + 1, way)] }
    if let module = modules[place] { way.keyring.run(module, at: place) }

    // Results that libpam does the same with are one. After PAM_INCOMPLETE no session is open.
    let outcomes = Set(
      results[place].filter { $0 != .incomplete }.map {
        Outcome(action: handler.control[$0], isSuccess: $0 == .success)
      })
    return outcomes.map { follow($0, way, from: place) }
  }

  private struct Outcome: Hashable {
    let action: Action
    let isSuccess: Bool
  }

  /// What libpam does after a module has returned.
  private mutating func follow(_ outcome: Outcome, _ way: Way, from place: Int) -> (Int, Way) {
    var way = way
    var next = place + 1
    switch outcome.action {
    case .ignore: break
    case .reset: way.impression = way.entered[way.level]
    case .ok, .done:
      if way.impression.isGood { way.impression = Impression(.positive, outcome.isSuccess) }
      if outcome.action == .done, way.impression.sign == .positive {
        next = end(ofLevelAt: place)
        noteSkipped(from: place, to: next)
      }
    case .bad, .die:
      if way.impression.sign != .negative {
        way.impression = Impression(.negative, outcome.isSuccess)
      }
      if outcome.action == .die { next = end(ofLevelAt: place) }
    case .jump(let count):
      guard let target = target(ofJump: count, from: place) else {
        // libpam leaves out what there is, and lets the session fail.
        way.impression = Impression(.negative, false)
        return (end(ofLevelAt: place), way)
      }
      next = target
      noteSkipped(from: place, to: next)
    }
    return (next, way)
  }

  /// The line behind the last one of this line's own substack, or of the whole stack.
  private func end(ofLevelAt place: Int) -> Int {
    let level = stack[place].level
    return stack[place...].firstIndex { $0.level < level } ?? stack.count
  }

  /// The line that a jump leads to; nil if there are not that many. A substack counts as one line.
  private func target(ofJump count: Int, from place: Int) -> Int? {
    let end = end(ofLevelAt: place)
    var target = place + 1
    for _ in 0..<count {
      guard target < end else { return nil }
      target += 1
      while target < end, stack[target].level > stack[place].level { target += 1 }
    }
    return target
  }

  private mutating func noteSkipped(from place: Int, to next: Int) {
    for skipped in place + 1..<max(next, place + 1) where modules[skipped] != nil {
      skips[skipped] = min(place, skips[skipped] ?? place)
    }
  }
}
