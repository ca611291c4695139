// SPDX-License-Identifier: BSD-3-Clause

import CLinux

/// What the kernel changes besides when a thread changes its file-system uid, and how it was before.
///
/// Both ways clear the process's dumpable flag and the thread's parent-death signal, prctl(2), and
/// move the file-system capabilities in or out of the effective set, capabilities(7).
struct SavedProcessState: ~Copyable {
  private(set) var isSaved = false
  private var dumpable: CInt = 0
  private var parentDeathSignal: CInt = 0
  private var capabilities = thread_capabilities()

  /// Saves all three; false if that cannot be done.
  mutating func save() -> Bool {
    isSaved = true
    dumpable = dumpable_get()
    // SAFETY: the call writes the one value it gets the address of.
    return unsafe dumpable >= 0 && parent_death_signal_get(&parentDeathSignal) == 0
      && Self.read(&capabilities)
  }

  /// Restores all three, as often as it is called; false if one of them stays changed.
  mutating func restore() -> Bool {
    var now = thread_capabilities()
    guard Self.read(&now) else { return false }
    if now.low.effective != capabilities.low.effective
      || now.high.effective != capabilities.high.effective
    {
      // SAFETY: the call reads the one structure it gets the address of.
      guard unsafe thread_capset(&capabilities) == 0 else { return false }
    }
    guard parent_death_signal_set(parentDeathSignal) == 0 else { return false }
    // Last, since gaining capabilities clears it again.
    return restoreDumpable()
  }

  /// The flag belongs to the process. In one with threads it stays cleared: another thread may have
  /// switched users meanwhile, and the kernel cleared it for that one too.
  ///
  /// The flag is 0, 1, or 2 ("readable by root only"), which the kernel alone can set. Cleared, it is what
  /// the sysctl fs.suid_dumpable says. It is never more permissive than before.
  private func restoreDumpable() -> Bool {
    let flag = dumpable_get()
    if flag == dumpable || dumpable == 2 && flag == 0 { return true }
    if dumpable == 1 { return process_has_one_thread() == 0 || dumpable_set(1) == 0 }
    return dumpable_set(0) == 0
  }

  /// Whether the thread holds CAP_SETUID.
  static func holdsSetUserIDs() -> Bool {
    var now = thread_capabilities()
    return read(&now) && now.low.effective & (1 << UInt32(CAP_SETUID)) != 0
  }

  /// capget(2) of the calling thread.
  @inline(never)
  private static func read(_ capabilities: inout thread_capabilities) -> Bool {
    // SAFETY: the call writes the one structure it gets the address of.
    unsafe thread_capget(&capabilities) == 0
  }
}
