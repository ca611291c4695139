// SPDX-License-Identifier: BSD-3-Clause

/// How many keys a user owns, and how many it may, keyrings(7).
struct KeyQuota: Equatable {
  let keys: Int, mostKeys: Int
  let bytes: Int, mostBytes: Int

  /// What pam_session_keyring(8) makes at a login: a keyring, its name `_ses` with a NUL, and two links
  /// of four bytes.
  static let keysOfLogin = 1
  static let bytesOfLogin = 13

  /// How many more logins the user has room for.
  var logins: Int {
    max(0, min((mostKeys - keys) / Self.keysOfLogin, (mostBytes - bytes) / Self.bytesOfLogin))
  }

  /// Finds the user's row among those of /proc/key-users, `UID: USAGE N/N KEYS/MOST BYTES/MOST`. Who has none
  /// owns no key.
  init(of user: UInt32, rows: [String], mostKeys: Int, mostBytes: Int) {
    let row = rows.first { $0.drop { $0 == " " }.hasPrefix("\(user):") }
    let numbers = (row ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 8 else {
      (keys, bytes) = (0, 0)
      (self.mostKeys, self.mostBytes) = (mostKeys, mostBytes)
      return
    }
    (keys, self.mostKeys, bytes, self.mostBytes) = (numbers[4], numbers[5], numbers[6], numbers[7])
  }

  /// Of a user, as the kernel has it now.
  static func now(of user: UInt32) -> KeyQuota {
    func limit(_ name: String) -> Int {
      let path = "/proc/sys/kernel/keys/\(user == 0 ? "root_" : "")\(name)"
      return ProcFile.lines(path).first.flatMap { Int($0) } ?? 0
    }
    return KeyQuota(
      of: user, rows: ProcFile.lines("/proc/key-users"), mostKeys: limit("maxkeys"),
      mostBytes: limit("maxbytes"))
  }
}
