// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM

/// What the kernel changes besides when a thread changes its file-system uid, and how it was before.
///
/// Both ways clear the process's dumpable flag and the thread's parent-death signal, prctl(2), and
/// move the file-system capabilities in or out of the effective set, capabilities(7).
struct ThreadTraces: ~Copyable {
  /// Whether they are noted, and the dumpable flag therefore this thread's to change.
  private(set) var areHeld = false
  private var dumpable: CInt = 0
  private var parentDeathSignal: CInt = 0
  private var capabilities = thread_capabilities()

  /// Notes all three; false if that cannot be done.
  mutating func note() -> Bool {
    DumpableLock.acquire()
    areHeld = true
    dumpable = dumpable_get()
    // SAFETY: each call writes the one value it gets the address of.
    return unsafe parent_death_signal_get(&parentDeathSignal) == 0
      && thread_capget(&capabilities) == 0
  }

  /// Puts all three back, as often as it is called; false if one of them stays changed.
  mutating func restore() -> Bool {
    var now = thread_capabilities()
    // SAFETY: the calls write and read the one structure they get the address of.
    guard unsafe thread_capget(&now) == 0 else { return false }
    if now.low.effective != capabilities.low.effective
      || now.high.effective != capabilities.high.effective
    {
      guard unsafe thread_capset(&capabilities) == 0 else { return false }
    }
    guard parent_death_signal_set(parentDeathSignal) == 0 else { return false }
    // Last, since gaining capabilities clears it again. The flag is 0, 1, or 2 ("readable by root
    // only"), which the kernel alone can set: what was 2 may end up stricter, at 0.
    let flag = dumpable_get()
    return flag == dumpable || dumpable == 2 && flag == 0 || dumpable_set(dumpable & 1) == 0
  }

  deinit {
    if areHeld { DumpableLock.release() }
  }

  /// Whether the thread holds CAP_SETUID.
  static func holdsSetUserIDs() -> Bool {
    var now = thread_capabilities()
    // SAFETY: as above.
    return unsafe thread_capget(&now) == 0 && now.low.effective & (1 << UInt32(CAP_SETUID)) != 0
  }
}
