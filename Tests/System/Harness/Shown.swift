// SPDX-License-Identifier: BSD-3-Clause

/// A session keyring, or the errno that came in its place.
public struct Shown: Equatable {
  public var serial = "", uid = "", gid = "", permissions = "", name = ""
  public var links: [String] = []
  public var error = ""

  init(_ line: String) {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count >= 5 else {
      error = line
      return
    }
    (serial, uid, gid, permissions, name) = (words[0], words[1], words[2], words[3], words[4])
    links = words.count > 5 ? words[5].split(separator: ",").map(String.init) : []
  }
}
