// SPDX-License-Identifier: BSD-3-Clause

/// Processes of one user and one unit that have the same session keyring, or none, and are in the same state.
public struct CensusGroup: Sendable {
  /// In the order of their numbers.
  public let entries: [CensusEntry]
  public let first: CensusEntry
  /// How many processes and threads have the keyring, those of other groups too.
  let shareCount: Int

  /// The groups, the largest concern first: the state, then how many share the keyring.
  public static func all(_ entries: [CensusEntry]) -> [CensusGroup] {
    let shares = Dictionary(grouping: entries) { Share($0) }.mapValues(\.count)
    return Dictionary(grouping: entries) { Identity($0) }.compactMap { identity, members in
      let sorted = members.sorted {
        ($0.task.process, $0.task.thread) < ($1.task.process, $1.task.thread)
      }
      return sorted.first.map {
        CensusGroup(entries: sorted, first: $0, shareCount: shares[identity.share] ?? 0)
      }
    }.sorted { $0.precedes($1) }
  }

  private func precedes(_ other: CensusGroup) -> Bool {
    if first.state != other.first.state { return first.state > other.first.state }
    if shareCount != other.shareCount { return shareCount > other.shareCount }
    let (serial, otherSerial) = (
      first.task.keyring?.serial ?? 0, other.first.task.keyring?.serial ?? 0
    )
    if serial != otherSerial { return serial < otherSerial }
    return (first.task.process, first.task.thread) < (
      other.first.task.process, other.first.task.thread
    )
  }

  /// A keyring in a state; without one, what the kernel falls back to.
  private struct Share: Hashable {
    let state: KeyringState
    let serial: Int32?
    let fallback: UInt32?

    init(_ entry: CensusEntry) {
      state = entry.state
      serial = entry.task.keyring?.serial
      fallback = entry.state == .none ? entry.task.user : nil
    }
  }

  private struct Identity: Hashable {
    let share: Share
    let user: UInt32
    let loginUser: UInt32?
    let unit: [UInt8]?

    init(_ entry: CensusEntry) {
      (share, user) = (Share(entry), entry.task.user)
      (loginUser, unit) = (entry.task.loginUser, entry.unit.name)
    }
  }
}
