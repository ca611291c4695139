// SPDX-License-Identifier: BSD-3-Clause

import CClient

/// The steps that do more to keyrings than one call.
extension Step {
  /// Prints the session keyring as `show SERIAL UID PERMISSIONS NAME: LINK LINK`, or its errno.
  func show() {
    var text: UnsafeMutablePointer<CChar>?
    guard keyctl_describe_alloc(KEY_SPEC_SESSION_KEYRING, &text) >= 0, let text else {
      return say(-1)
    }
    let fields = String(cString: text).split(separator: ";")
    defer { free(text) }
    var links: UnsafeMutableRawPointer?
    defer { free(links) }
    let size = keyctl_read_alloc(KEY_SPEC_SESSION_KEYRING, &links)
    let serials = UnsafeBufferPointer(
      start: links?.assumingMemoryBound(to: key_serial_t.self),
      count: max(0, Int(size)) / MemoryLayout<key_serial_t>.size)
    let names = serials.map { serial in
      var text: UnsafeMutablePointer<CChar>?
      guard keyctl_describe_alloc(serial, &text) >= 0, let text else { return "?" }
      return String(String(cString: text).split(separator: ";").last ?? "?")
    }
    let serial = keyctl_get_keyring_ID(KEY_SPEC_SESSION_KEYRING, 0)
    let attributes = fields[1...4].joined(separator: " ")
    emit("show \(serial) \(attributes) \(names.sorted().joined(separator: ","))")
  }

  /// Prints what a uid owns, without a look at any of it.
  func keys() {
    let rows = contents("/proc/keys").split(separator: "\n").map { $0.split(separator: " ") }
    let owned = rows.filter { $0.count > 8 && $0[5] == arguments[0] }
    let row = contents("/proc/key-users").split(separator: "\n")
      .first { $0.split(separator: ":")[0].drop { $0 == " " } == arguments[0] }
    // Behind the flags stands how many use it at this instant.
    let words = owned.map { ([$0[0], $0[1]] + $0[3...]).joined(separator: " ") }.sorted()
    emit(
      "keys \(words.joined(separator: ", ")) of \(row?.split(separator: " ").dropFirst(2).joined(separator: " ") ?? "none")"
    )
  }

  /// Prints whether the session keyring is an explicit one of this user's.
  func owner() {
    var account = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var memory = [CChar](repeating: 0, count: 4096)
    getpwnam_r(arguments[0], &account, &memory, memory.count, &found)
    var text: UnsafeMutablePointer<CChar>?
    guard found != nil, keyctl_describe_alloc(KEY_SPEC_SESSION_KEYRING, &text) >= 0, let text else {
      return emit("owner none")
    }
    defer { free(text) }
    let fields = String(cString: text).split(separator: ";")
    let isOwn = fields[1] == "\(Int32(bitPattern: account.pw_uid))"
    emit("owner \(isOwn && !fields[4].hasPrefix("_uid") ? "right" : "wrong")")
  }

  /// Fills the real uid's quota of keys or, with `crowd:N`, leaves room for N.
  func crowd() {
    var keys: [key_serial_t] = []
    while case let key = add_key("user", "crowd \(keys.count)", "x", 1, KEY_SPEC_USER_KEYRING),
      key > 0
    {
      keys.append(key)
    }
    let spare = arguments.first.map { Int($0)! } ?? 0
    for key in keys.suffix(spare) { keyctl_unlink(key, KEY_SPEC_USER_KEYRING) }
    // A key is counted until it has been collected, and so is the one that found no room.
    usleep(300_000)
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
    // The key that found no room is counted until it has been collected.
    usleep(300_000)
    var size = 1
    var step = 2048
    while step > 0 {
      if keyctl_update(key, payload, size + step) == 0 { size += step }
      step /= 2
    }
    let spare = arguments.first.map { Int($0)! } ?? 0
    say(keyctl_update(key, payload, size - spare))
  }
}
