// SPDX-License-Identifier: BSD-3-Clause

/// How many keys a user owns, and how many it may, keyrings(7).
struct KeyQuota: Equatable {
  let keys: Int, mostKeys: Int
  let bytes: Int, mostBytes: Int

  /// What something takes of a quota.
  struct Cost: Equatable {
    var keys = 0, bytes = 0

    /// What pam_session_keyring(8) makes at a login: a keyring, its name `_ses` with a NUL, and two links
    /// of four bytes.
    static let login = Cost(keys: 1, bytes: 13)

    /// What the kernel makes at a user's first login: `@us` and `@u`, their names with a NUL, and the link
    /// of one to the other. None of it where they exist.
    static func first(of user: UInt32, missing: [UsersKeyring]) -> Cost {
      missing.filter { $0 != .persistent }.reduce(into: Cost()) { cost, keyring in
        cost.keys += 1
        cost.bytes += keyring.name(of: user).count + 1 + (keyring == .userSession ? 4 : 0)
      }
    }
  }

  /// How many more logins the user has room for, where the first of them takes more.
  func logins(first: Cost = Cost()) -> Int {
    max(
      0,
      min(
        (mostKeys - keys - first.keys) / Cost.login.keys,
        (mostBytes - bytes - first.bytes) / Cost.login.bytes))
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
  static func now(of user: UInt32) throws(Unavailable) -> KeyQuota {
    func limit(_ name: String) throws(Unavailable) -> Int {
      let path = "/proc/sys/kernel/keys/\(user == 0 ? "root_" : "")\(name)"
      guard let limit = try ProcFile.lines(path).first.flatMap({ Int($0) }) else {
        throw Unavailable("\(path) holds no number")
      }
      return limit
    }
    return KeyQuota(
      of: user, rows: try ProcFile.lines("/proc/key-users"), mostKeys: try limit("maxkeys"),
      mostBytes: try limit("maxbytes"))
  }
}
