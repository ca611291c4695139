// SPDX-License-Identifier: BSD-3-Clause

internal import SystemText

/// How many keys a user owns, how many bytes they take, and how many of both it may own, keyrings(7).
public struct KeyQuota: Equatable, Sendable {
  public let keys: Int, maxKeys: Int
  public let bytes: Int, maxBytes: Int

  /// The keys and bytes of a quota that something takes.
  public struct Cost: Equatable, Sendable {
    var keys = 0, bytes = 0

    public init() {}

    init(keys: Int, bytes: Int) { (self.keys, self.bytes) = (keys, bytes) }

    /// What pam_session_keyring(8) joins at a login: a keyring, its name `_ses` with a NUL, and two links
    /// of four bytes.
    static let login = Cost(keys: 1, bytes: 13)

    /// What the kernel creates at a user's first login: `@us` and `@u`, their names with a NUL, and the link
    /// of one to the other. Nothing of it where they exist.
    public static func first(of user: UInt32, missing: [UserKeyring]) -> Cost {
      missing.filter { $0 != .persistent }.reduce(into: Cost()) { cost, keyring in
        cost.keys += 1
        cost.bytes += keyring.name(of: user).count + 1 + (keyring == .userSession ? 4 : 0)
      }
    }
  }

  /// How many more logins the user has room for, where the first of them takes more.
  public func logins(first: Cost = Cost()) -> Int {
    max(
      0,
      min(
        (maxKeys - keys - first.keys) / Cost.login.keys,
        (maxBytes - bytes - first.bytes) / Cost.login.bytes))
  }

  /// Finds the user's row among those of /proc/key-users, `UID: USAGE N/N KEYS/MAXKEYS BYTES/MAXBYTES`, proc(5).
  /// A user without a row owns no key.
  init(of user: UInt32, rows: [String], maxKeys: Int, maxBytes: Int) {
    let row = rows.first { $0.drop { $0 == " " }.hasPrefix("\(user):") }
    let numbers = (row ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 8 else {
      (keys, bytes) = (0, 0)
      (self.maxKeys, self.maxBytes) = (maxKeys, maxBytes)
      return
    }
    (keys, self.maxKeys, bytes, self.maxBytes) = (numbers[4], numbers[5], numbers[6], numbers[7])
  }

  /// Reads /proc/key-users and /proc/sys/kernel/keys, proc(5), for a user.
  public init(of user: UInt32) throws(InspectionError) {
    func limit(_ name: String) throws(InspectionError) -> Int {
      let path = "/proc/sys/kernel/keys/\(user == 0 ? "root_" : "")\(name)"
      guard let limit = try ProcFile.lines(path).first.flatMap({ Int($0) }) else {
        throw .noNumber(path)
      }
      return limit
    }
    self.init(
      of: user, rows: try ProcFile.lines("/proc/key-users"), maxKeys: try limit("maxkeys"),
      maxBytes: try limit("maxbytes"))
  }
}
