// SPDX-License-Identifier: BSD-3-Clause

/// The threads that opened a session for somebody and wait for its end, as sshd's monitor and `su` do: they
/// run as root, and what their process started runs as the owner of the keyring that they have themselves.
///
/// A root shell that `sudo` started in the invoker's session keyring has started nothing of the invoker's.
struct SessionOpeners {
  private var threads: Set<Int32> = []

  init(among tasks: [CensusTask]) {
    let processes = Dictionary(grouping: tasks, by: \.process)
    for task in tasks {
      guard let keyring = task.keyring, keyring.user == task.user else { continue }
      var parent = task.parent
      while true {
        let openers = processes[parent, default: []].filter {
          $0.effectiveUser == 0 && $0.user != keyring.user && $0.keyring?.serial == keyring.serial
        }
        // Those of another child, and all above them, are known.
        guard let first = openers.first, !threads.contains(first.thread) else { break }
        threads.formUnion(openers.map(\.thread))
        parent = first.parent
      }
    }
  }

  func contains(_ task: CensusTask) -> Bool { threads.contains(task.thread) }
}
