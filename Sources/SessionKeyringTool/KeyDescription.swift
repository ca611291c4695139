// SPDX-License-Identifier: BSD-3-Clause

import KeyInspection
import LinuxKeyrings

/// A key's attributes, keyctl_describe(3).
struct KeyDescription: Equatable {
  let type: String
  let user: UInt32
  let group: UInt32
  let permissions: KeyPermissions
  let name: [UInt8]

  /// Reads `type;uid;gid;permissions;name`; nil if it is not of that form.
  init?(_ text: [UInt8]) {
    let fields = text.split(
      separator: UInt8(ascii: ";"), maxSplits: 4, omittingEmptySubsequences: false)
    guard fields.count == 5 else { return nil }
    let words = fields[..<4].map { String(decoding: $0, as: UTF8.self) }
    guard let user = Int64(words[1]), let group = Int64(words[2]),
      let permissions = UInt32(words[3], radix: 16)
    else { return nil }
    type = words[0]
    // The kernel writes an id with a sign.
    self.user = UInt32(truncatingIfNeeded: user)
    self.group = UInt32(truncatingIfNeeded: group)
    self.permissions = KeyPermissions(rawValue: permissions)
    name = Array(fields[4])
  }

  /// Asks the kernel, by a serial: nothing is installed by that.
  init?(of key: KeySerial) throws(Errno) {
    var size = 256
    while true {
      var text = [CChar](repeating: 0, count: size)
      // SAFETY: the kernel writes no more than the array holds.
      let length = unsafe try text.withUnsafeMutableBufferPointer { buffer throws(Errno) in
        unsafe try key.describe(into: buffer)
      }
      guard length > size else {
        self.init(text.prefix(max(0, length - 1)).map(UInt8.init(bitPattern:)))
        return
      }
      size = length
    }
  }
}
