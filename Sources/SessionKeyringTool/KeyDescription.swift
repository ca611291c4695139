// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings

/// A key's attributes, keyctl_describe(3).
struct KeyDescription: Equatable {
  let type: String
  let user: UInt32
  let group: UInt32
  let permissions: KeyPermissions
  let name: String

  /// Reads `type;uid;gid;permissions;name`; nil if it is not of that form.
  init?(_ text: String) {
    let fields = text.split(separator: ";", maxSplits: 4, omittingEmptySubsequences: false)
    guard fields.count == 5, let user = Int64(fields[1]), let group = Int64(fields[2]),
      let permissions = UInt32(fields[3], radix: 16)
    else { return nil }
    type = String(fields[0])
    // The kernel writes an id with a sign.
    self.user = UInt32(truncatingIfNeeded: user)
    self.group = UInt32(truncatingIfNeeded: group)
    self.permissions = KeyPermissions(rawValue: permissions)
    name = String(fields[4])
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
        let bytes = text.prefix(max(0, length - 1)).map(UInt8.init(bitPattern:))
        self.init(String(decoding: bytes, as: UTF8.self))
        return
      }
      size = length
    }
  }

  /// Whose user session keyring or user keyring it is; nil if it is another key.
  var implicitUser: UInt32? {
    guard type == "keyring" else { return nil }
    let number = ["_uid_ses.", "_uid."].first(where: name.hasPrefix).map {
      name.dropFirst($0.count)
    }
    return number.flatMap { UInt32($0) }
  }
}
