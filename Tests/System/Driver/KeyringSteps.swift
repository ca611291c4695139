// SPDX-License-Identifier: BSD-3-Clause

import CDriver

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
    let owned = rows.filter { $0.count > 8 && $0[5] == argument(0) }
    let row = keyUsersRow(of: argument(0))
    // Behind the flags stands how many use it at this instant.
    let words = owned.map { ([$0[0], $0[1]] + $0[3...]).joined(separator: " ") }.sorted()
    let quota = row?.dropFirst().joined(separator: " ")
    emit("keys \(words.joined(separator: ", ")) of \(quota ?? "none")")
  }

  /// Ends the user keyrings of these uids, which the kernel would keep for as long as it runs. Only their
  /// owner finds them, and invalidates the persistent one where it is possessed.
  func forget() {
    for uid in arguments.compactMap(UInt32.init) where keyUsersRow(of: "\(uid)") != nil {
      setresuid(uid, uid, 0)
      for row in contents("/proc/keys").split(separator: "\n") {
        let words = row.split(separator: " ")
        guard words.count > 8, words[5] == "\(uid)" else { continue }
        if words[8].hasPrefix("_persistent.") {
          keyctl_get_persistent(uid, KEY_SPEC_PROCESS_KEYRING)
        }
        if words[8].hasPrefix("_persistent.") || words[8].hasPrefix("_uid") {
          let keyring = key_serial_t(words[0], radix: 16) ?? 0
          keyctl_setperm(keyring, 0x3f3f_0000)
          keyctl_invalidate(keyring)
        }
      }
      setresuid(0, 0, 0)
    }
  }

  /// Prints whether the session keyring is an explicit one of this user's.
  func owner() {
    var account = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var memory = [CChar](repeating: 0, count: 4096)
    getpwnam_r(argument(0), &account, &memory, memory.count, &found)
    var text: UnsafeMutablePointer<CChar>?
    guard found != nil, keyctl_describe_alloc(KEY_SPEC_SESSION_KEYRING, &text) >= 0, let text else {
      return emit("owner none")
    }
    defer { free(text) }
    let fields = String(cString: text).split(separator: ";")
    let isOwn = fields[1] == "\(Int32(bitPattern: account.pw_uid))"
    emit("owner \(isOwn && !fields[4].hasPrefix("_uid") ? "right" : "wrong")")
  }
}
