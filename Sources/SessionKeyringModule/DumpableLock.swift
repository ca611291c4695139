// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import Synchronization

/// Lets one thread at a time change the process's dumpable flag and put it back: a second one would
/// note the flag as the first has left it meanwhile. The flag belongs to the process, and so does
/// the lock; no session has state here.
enum DumpableLock {
  /// The process whose thread holds the lock. A child of fork(2) that finds its parent there, whose
  /// thread it does not have, takes the lock over.
  private static let holder = Atomic<pid_t>(0)

  /// Waits for a lock that is held for a few system calls, but not for ever: a login that hangs is
  /// worse than a flag that ends up stricter than it was. False if the lock was not to be had.
  static func acquire() -> Bool {
    let process = process_id()
    var expected: pid_t = 0
    for _ in 0..<20_000 {
      let (exchanged, found) = holder.compareExchange(
        expected: expected, desired: process, ordering: .acquiring)
      if exchanged { return true }
      expected = found == process ? 0 : found
      if found == process { usleep(50) }
    }
    return false
  }

  static func release() { holder.store(0, ordering: .releasing) }
}
