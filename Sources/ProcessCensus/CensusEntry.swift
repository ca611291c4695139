// SPDX-License-Identifier: BSD-3-Clause

/// A process or a thread, and what it has for a session keyring.
public struct CensusEntry: Sendable {
  public let task: CensusTask
  public let state: KeyringState
  public let unit: SystemdUnit

  /// Whether it belongs to a login: a uid logged in, or it is in a user's part of the control groups.
  public var isOfLogin: Bool { task.loginUser != nil || unit.isUsers }

  /// Judges all tasks, each beside the others. `now` is in seconds since the epoch.
  public static func all(
    _ tasks: [CensusTask], units: [UInt64: SystemdUnit], at now: Int64
  ) -> [CensusEntry] {
    let openers = SessionOpeners(among: tasks)
    return tasks.map { task in
      CensusEntry(
        task: task,
        state: KeyringState(
          of: task.keyring, user: task.user, opensSession: openers.contains(task), at: now),
        unit: units[task.controlGroup] ?? .unknown)
    }
  }
}
