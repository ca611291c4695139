// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import KeyInspection
import LinuxKeyrings
import SystemText

/// A keyring and all that is linked in it, drawn as `keyctl show` does.
struct KeyTree {
  /// Words to put behind keys, by their serials.
  let marks: [Int32: String]
  private let groups: Set<gid_t>

  /// The kernel lets keyrings nest six deep; what is linked in very many places is drawn in part.
  private static let deepest = 8
  private static let mostLinks = 64
  private static let mostLines = 256

  init(marks: [Int32: String]) {
    self.marks = marks
    var groups = [gid_t](repeating: 0, count: 65_536)
    // SAFETY: the call writes no more than the array holds.
    let count = unsafe getgroups(CInt(groups.count), &groups)
    self.groups = Set(groups.prefix(Int(max(0, count))) + [getegid()])
  }

  /// A line for each key.
  func lines(of key: KeySerial) -> [String] {
    var lines: [String] = []
    draw(key, depth: 0, indentation: "", isLast: true, into: &lines)
    return lines
  }

  private func draw(
    _ key: KeySerial, depth: Int, indentation: String, isLast: Bool, into lines: inout [String]
  ) {
    guard lines.count < Self.mostLines else { return }
    let branch = depth == 0 ? "" : " \(indentation)\\_ "
    let number = Self.pad("\(key.rawValue)", 10)
    let description: KeyDescription
    do {
      guard let known = try KeyDescription(of: key) else { return }
      description = known
    } catch {
      lines.append(
        "\(number) --------  \(Self.pad("?", 5)) \(Self.pad("?", 5))  \(branch)\(error.text)")
      return
    }
    let mask = description.permissions.mask(
      isOwner: description.user == geteuid(), isOfGroup: groups.contains(description.group))
    let ids = " \(Self.pad("\(description.user)", 5)) \(Self.pad("\(description.group)", 5))"
    let mark = marks[key.rawValue].map { "  (\($0))" } ?? ""
    lines.append(
      "\(number) \(mask) \(ids)  \(branch)\(escaped(Array(description.type.utf8))): \(escaped(description.name))\(mark)"
    )
    guard description.type == "keyring", depth < Self.deepest else { return }

    let inner = depth == 0 ? "" : indentation + (isLast ? "    " : "|   ")
    let links: [KeySerial]
    do { links = try key.links() } catch {
      lines.append("\(Self.pad("", 10)) \(Self.pad("", 22))  \(inner)\\_ \(error.text)")
      return
    }
    for (place, link) in links.prefix(Self.mostLinks).enumerated() {
      draw(
        link, depth: depth + 1, indentation: inner, isLast: place == links.count - 1, into: &lines)
    }
    if links.count > Self.mostLinks {
      let rest = links.count - Self.mostLinks
      lines.append("\(Self.pad("", 10)) \(Self.pad("", 22))  \(inner)\\_ and \(rest) more")
    }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension KeySerial {
  /// What a keyring links, as many as there are, keyctl_read(3).
  fileprivate func links() throws(Errno) -> [KeySerial] {
    var room = 64
    while true {
      var serials = [Int32](repeating: 0, count: room)
      // SAFETY: the kernel writes no more than the array holds.
      let count = unsafe try serials.withUnsafeMutableBufferPointer { buffer throws(Errno) in
        unsafe try links(into: buffer)
      }
      if count <= room { return serials.prefix(count).map(KeySerial.init(rawValue:)) }
      room = count
    }
  }
}
