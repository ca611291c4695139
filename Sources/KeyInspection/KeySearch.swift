// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings

/// How far the kernel has to search a keyring: it follows every link, and one keyring as often as it is linked.
/// Four levels of 26 keyrings that link all of the next one hold it for many seconds, and nothing ends it.
public struct KeySearch {
  private struct Visit: Hashable {
    let serial: Int32
    let depth: Int
  }

  private var known: [Visit: Int] = [:]
  private var described = 0

  /// Keyrings nest so deep, `KEYRING_SEARCH_MAX_DEPTH`.
  private static let depthLimit = 6
  private static let limit = 20_000

  /// Whether a search that begins at this keyring looks at no more keys than a login has.
  public static func isShort(from serial: KeySerial) -> Bool {
    var search = KeySearch()
    return search.visits(serial, depth: 0) <= limit
  }

  /// How many keys a search looks at, or more than the limit.
  private mutating func visits(_ key: KeySerial, depth: Int) -> Int {
    let visit = Visit(serial: key.rawValue, depth: depth)
    if let known = known[visit] { return known }
    guard described <= Self.limit else { return Self.limit + 1 }
    described += 1
    var count = 1
    if depth < Self.depthLimit, (try? KeyDescription(of: key))?.type == "keyring",
      let links = try? key.links()
    {
      for link in links where count <= Self.limit { count += visits(link, depth: depth + 1) }
    }
    known[visit] = count
    return count
  }
}
