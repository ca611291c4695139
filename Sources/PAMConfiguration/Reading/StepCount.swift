// SPDX-License-Identifier: BSD-3-Clause

/// How many lines and states the audit of a service still may follow.
///
/// Each service has as many as any ordinary one takes. For more there is a store that all of a tree share, so
/// that no image keeps its auditor busy.
final class StepCount {
  /// What the services of a tree share.
  final class Store {
    fileprivate var left = 1_000_000
  }

  private let store: Store
  private var own = 2_000
  /// What one service gets of the store.
  private var limit = 100_000

  init(_ store: Store) { self.store = store }

  /// Takes steps; false where too few are left.
  func take(_ count: Int = 1) -> Bool {
    guard own < count else {
      own -= count
      return true
    }
    guard limit >= count, store.left >= count else { return false }
    limit -= count
    store.left -= count
    return true
  }
}
