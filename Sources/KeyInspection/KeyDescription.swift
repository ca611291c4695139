// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings

/// A key's attributes, keyctl_describe(3).
public struct KeyDescription: Equatable, Sendable {
  public let type: String
  public let user: UInt32
  public let group: UInt32
  public let permissions: KeyPermissions
  /// The description: of a keyring, its name. Any bytes but a NUL.
  public let name: [UInt8]

  /// Reads `type;uid;gid;permissions;name`; nil if it is not of that form.
  public init?(_ text: [UInt8]) {
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

  /// Asks the kernel by a serial, keyctl_describe(3); nothing is installed. Nil if the kernel's text is not
  /// as documented.
  ///
  /// Errors: EACCES, EKEYREVOKED, EKEYEXPIRED, ENOKEY.
  public init?(of key: KeySerial) throws(Errno) {
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
