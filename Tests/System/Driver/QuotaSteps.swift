// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// The steps about a uid's quota of keys.
extension Step {
  /// Fills the real uid's quota of keys or, with `crowd:N`, leaves room for N.
  func crowd() {
    var keys: [key_serial_t] = []
    while case let key = add_key("user", "crowd \(keys.count)", "x", 1, KEY_SPEC_USER_KEYRING),
      key > 0
    {
      keys.append(key)
    }
    let spare = arguments.isEmpty ? 0 : Int(number(0))
    for key in keys.suffix(spare) { keyctl_unlink(key, KEY_SPEC_USER_KEYRING) }
    settle(getuid())
    emit("crowd \(keys.count > spare ? "ok" : "no room")")
  }

  /// Fills the real uid's quota of key bytes to the last one or, with `fill:N`, to the last but N.
  func fill() {
    let payload = [UInt8](repeating: 0, count: 4096)
    // A key that the process possesses can be made longer, up to a page; others take the rest.
    let key = add_key("user", "filler", payload, 1, KEY_SPEC_PROCESS_KEYRING)
    var others = 0
    while add_key("user", "filler \(others)", payload, 4000, KEY_SPEC_USER_KEYRING) > 0 {
      others += 1
    }
    settle(getuid())
    var size = 1
    var step = 2048
    while step > 0 {
      if keyctl_update(key, payload, size + step) == 0 { size += step }
      step /= 2
    }
    let spare = arguments.isEmpty ? 0 : Int(number(0))
    say(keyctl_update(key, payload, size - spare))
  }

  /// Waits until the kernel has collected what nobody refers to: a key is counted until then, and so is one
  /// that found no room. Collected is what has not changed for 100 ms, after 5 s at the latest.
  func settle(_ uid: UInt32) {
    var last: [Substring]?
    var unchanged = 0
    for _ in 0..<500 where unchanged < 10 {
      usleep(10_000)
      let row = keyUsersRow(of: "\(uid)")
      unchanged = row == last ? unchanged + 1 : 0
      last = row
    }
  }
}

/// The fields behind the uid in a row of /proc/key-users, proc(5).
func keyUsersRow(of uid: String) -> [Substring]? {
  contents("/proc/key-users").split(separator: "\n")
    .map { $0.split { $0 == " " || $0 == ":" } }
    .first { $0.first.map(String.init) == uid }
    .map { Array($0.dropFirst()) }
}
