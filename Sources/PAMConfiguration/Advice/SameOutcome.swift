// SPDX-License-Identifier: BSD-3-Clause

/// Whether a changed stack opens and refuses just what the stack did before, whatever its modules return: libpam's
/// walk along both at once, in which a line that both have returns the same in both.
struct SameOutcome {
  private var before: Dispatch
  private var after: Dispatch
  /// The lines that the one or the other stack has alone, by their index.
  private let removed: Set<Int>
  private let added: Set<Int>
  /// The index in the changed stack of each line that both have.
  private var counterparts: [Int: Int] = [:]
  /// What the module of an added line can return.
  private let resultsOfAdded: [ReturnCode]

  /// Equal pairs of states are followed once. After so many it is not known.
  private static let limit = 20_000

  private struct Pair: Hashable {
    var (before, after): (Int, Int)
    var (left, right): (Dispatch.State, Dispatch.State)
  }

  /// Nil where the stacks have other lines that differ.
  init?(
    _ before: Dispatch, removed: Set<Int>, _ after: Dispatch, added: Set<Int>,
    resultsOfAdded: [ReturnCode]
  ) {
    (self.before, self.removed, self.after, self.added) = (before, removed, after, added)
    self.resultsOfAdded = resultsOfAdded
    let left = before.stack.indices.filter { !removed.contains($0) }
    let right = after.stack.indices.filter { !added.contains($0) }
    guard left.count == right.count else { return nil }
    for (left, right) in zip(left, right) {
      guard before.stack[left].control == after.stack[right].control,
        before.stack[left].level == after.stack[right].level
      else { return nil }
      counterparts[left] = right
    }
  }

  /// False also where it is not known.
  mutating func holds() -> Bool {
    let beginning = Dispatch.State(keyring: LoginKeyring.any)
    var pairs: Set = [Pair(before: 0, after: 0, left: beginning, right: beginning)]
    var seen = pairs
    while let pair = pairs.popFirst() {
      guard let next = successors(of: pair), seen.count < Self.limit else { return false }
      for pair in next where seen.insert(pair).inserted { pairs.insert(pair) }
    }
    return true
  }

  /// Nil where the walks part, or end in different ways.
  private mutating func successors(of pair: Pair) -> [Pair]? {
    if added.contains(pair.after) {
      return resultsOfAdded.map { code in
        var next = pair
        after.enter(&next.right, at: pair.after)
        (next.after, next.right) = after.follow(
          after.outcome(of: code, at: pair.after), next.right, from: pair.after)
        return next
      }
    }
    if removed.contains(pair.before) {
      var next = pair
      before.enter(&next.left, at: pair.before)
      (next.before, next.left) = before.follow(
        before.outcome(of: .success, at: pair.before), next.left, from: pair.before)
      return [next]
    }
    if pair.before == before.stack.count, pair.after == after.stack.count {
      return pair.left.impression.isOpening == pair.right.impression.isOpening ? [] : nil
    }
    guard pair.before < before.stack.count, counterparts[pair.before] == pair.after else {
      return nil
    }
    var entered = pair
    before.enter(&entered.left, at: pair.before)
    after.enter(&entered.right, at: pair.after)
    if case .substack = before.stack[pair.before].kind {
      (entered.before, entered.after) = (pair.before + 1, pair.after + 1)
      return [entered]
    }
    return before.outcomes(at: pair.before).map { outcome in
      var next = entered
      (next.before, next.left) = before.follow(outcome, entered.left, from: pair.before)
      (next.after, next.right) = after.follow(outcome, entered.right, from: pair.after)
      return next
    }
  }
}
