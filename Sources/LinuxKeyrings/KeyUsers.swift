// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux

/// What each user's keys come to, /proc/key-users, proc(5).
public enum KeyUsers {
  /// How many more keys the quota of root allows; nil if that cannot be read.
  ///
  /// The rows are in the order of the uids, so that root's is on the first page of the file. Root without
  /// a key has no row.
  public static func freeKeysOfRoot() -> Int? {
    let file = key_users_open()
    guard file >= 0 else { return nil }
    defer { file_close(file) }
    var bytes = InlineArray<4096, CChar>(repeating: 0)
    var span = bytes.mutableSpan
    return unsafe span.withUnsafeMutableBufferPointer { buffer -> Int? in
      guard let start = buffer.baseAddress else { return nil }
      // SAFETY: the kernel writes no more than the buffer holds, and says how much it wrote.
      let count = Int(unsafe file_read(file, start, buffer.count))
      // The caller's user has a row, so that an empty file is one that a container masks.
      guard count > 0 else { return nil }
      let rows = unsafe UnsafeBufferPointer(start: start, count: count)
      return unsafe freeKeys(of: 0, in: rows) ?? (count < buffer.count ? Int.max : nil)
    }
  }

  /// The free keys in a user's row, `uid: usage keys/instantiated keys/maximum bytes/maximum`; nil
  /// without such a row.
  static func freeKeys(of user: Int, in rows: UnsafeBufferPointer<CChar>) -> Int? {
    var row = (uid: -1, keys: 0, maximum: 0)
    var (field, number) = (0, 0)
    var isInNumber = false
    var index = 0
    while index < rows.count {
      // SAFETY: the index stays below the count.
      let character = unsafe rows[index]
      index &+= 1
      if character >= digit0, character <= digit9 {
        number = number &* 10 &+ Int(character &- digit0)
        isInNumber = true
        continue
      }
      if isInNumber {
        switch field {
        case 0: row.uid = number
        case 4: row.keys = number
        case 5: row.maximum = number
        default: break
        }
        (field, number, isInNumber) = (field &+ 1, 0, false)
      }
      if character == newline {
        if row.uid == user, field > 5 { return row.maximum &- row.keys }
        field = 0
      }
    }
    return nil
  }
}

private let digit0 = CChar(48)
private let digit9 = CChar(57)
private let newline = CChar(10)
