// SPDX-License-Identifier: BSD-3-Clause

/// What the driver holds, and what a user owns: the driver's `usage`.
public struct Usage {
  public let mappings: Int
  public let pages: Int
  public private(set) var keys = 0
  public private(set) var keyBytes = 0

  init?(_ line: String) {
    let numbers = line.split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count >= 2 else { return nil }
    (mappings, pages) = (numbers[0], numbers[1])
    // After them comes a row of /proc/key-users, if the user has one: proc(5).
    if numbers.count > 7 { (keys, keyBytes) = (numbers[5], numbers[7]) }
  }
}
