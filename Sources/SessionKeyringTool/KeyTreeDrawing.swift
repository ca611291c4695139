// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import KeyInspection
import LinuxKeyrings
import SystemText

/// Draws a tree of keys as `keyctl show` does, keyctl(1).
struct KeyTreeDrawing {
  /// Words to put after keys, by their serials.
  let marks: [Int32: String]
  private let groups: Set<gid_t>

  init(marks: [Int32: String]) {
    self.marks = marks
    var groups = [gid_t](repeating: 0, count: 65_536)
    // SAFETY: the call writes no more than the array holds.
    let count = unsafe getgroups(CInt(groups.count), &groups)
    self.groups = Set(groups.prefix(Int(max(0, count))) + [getegid()])
  }

  /// A line for each key.
  func lines(of key: KeySerial) -> [String] { KeyTree(of: key).map { lines(of: $0) } ?? [] }

  private func lines(
    of tree: KeyTree, depth: Int = 0, indentation: String = "", isLast: Bool = true
  ) -> [String] {
    let branch = depth == 0 ? "" : " \(indentation)\\_ "
    let number = Self.pad("\(tree.serial.rawValue)", 10)
    let key: KeyDescription
    switch tree.description {
    case .success(let description): key = description
    case .failure(let error):
      let ids = "\(Self.pad("?", 5)) \(Self.pad("?", 5))"
      return ["\(number) --------  \(ids)  \(branch)\(StatusWording.inaccessible(error))"]
    }
    let mask = key.permissions.mask(
      isOwner: key.user == geteuid(), isOfGroup: groups.contains(key.group))
    let ids = " \(Self.pad("\(key.user)", 5)) \(Self.pad("\(key.group)", 5))"
    let mark = marks[tree.serial.rawValue].map { "  (\($0))" } ?? ""
    let line =
      "\(number) \(mask) \(ids)  \(branch)\(escaped(key.type.utf8)): \(escaped(key.name))\(mark)"

    let inner = depth == 0 ? "" : indentation + (isLast ? "    " : "|   ")
    func note(_ text: String) -> String {
      "\(Self.pad("", 10)) \(Self.pad("", 22))  \(inner)\\_ \(text)"
    }
    switch tree.links {
    case .failure(let error): return [line, note(StatusWording.inaccessible(error))]
    case .success(let links):
      let below = links.enumerated().flatMap { index, link in
        lines(
          of: link, depth: depth + 1, indentation: inner, isLast: index == tree.linkCount - 1)
      }
      let rest = tree.omittedCount > 0 ? [note(StatusWording.more(tree.omittedCount))] : []
      return [line] + below + rest
    }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
