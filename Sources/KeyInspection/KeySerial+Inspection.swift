// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux
public import LinuxKeyrings

/// Calls that change no key: by serial, nothing is installed or created.
///
/// The calls are those of libkeyutils, which the module does without.
extension KeySerial {
  /// The serial that a special number is for, keyctl_get_keyring_ID(3).
  ///
  /// Of a thread without a session keyring, ``session`` gets `@us` installed; ``user`` and
  /// ``userSession`` are created where they do not exist. Errors: EACCES, EKEYREVOKED, EKEYEXPIRED,
  /// ENOKEY.
  public func resolved() throws(Errno) -> KeySerial {
    KeySerial(rawValue: try valueOrErrno(keyctl_get_keyring_ID(rawValue, 0)))
  }

  /// The keyring of this name that request_key(2) finds without callout information: the session keyring
  /// or one that is linked below it.
  ///
  /// Without a session keyring the kernel searches `@us`, if there is one; nothing is installed or
  /// created. Errors: ENOKEY, if none is found; EKEYREVOKED, if the session keyring has that name and is
  /// revoked; EACCES, if it cannot be searched.
  public static func reachable(named name: [UInt8]) throws(Errno) -> KeySerial {
    let characters = name.map(CChar.init(bitPattern:)) + [0]
    // SAFETY: the characters end in a NUL and are valid for the call.
    return try unsafe characters.withUnsafeBufferPointer { characters throws(Errno) in
      let serial = unsafe request_key("keyring", characters.baseAddress, nil, 0)
      return KeySerial(rawValue: try valueOrErrno(serial))
    }
  }

  /// Writes `type;uid;gid;permissions;description` and a NUL into the buffer, keyctl_describe(3).
  ///
  /// Returns the length that it takes, the NUL included, which can be more than there is room for.
  /// Errors: EACCES, EKEYREVOKED, ENOKEY.
  @unsafe
  func describe(into buffer: UnsafeMutableBufferPointer<CChar>) throws(Errno) -> Int {
    // SAFETY: the kernel writes no more than the buffer holds.
    Int(try valueOrErrno(unsafe keyctl_describe(rawValue, buffer.baseAddress, buffer.count)))
  }

  /// The serials of a keyring's links, as many as there are, keyctl_read(3).
  ///
  /// Errors: EACCES, EKEYREVOKED, EKEYEXPIRED, ENOKEY.
  public func links() throws(Errno) -> [KeySerial] {
    var room = 64
    while true {
      var serials = [Int32](repeating: 0, count: room)
      // SAFETY: the kernel writes no more than the array holds.
      let length = unsafe try serials.withUnsafeMutableBufferPointer { buffer throws(Errno) in
        let bytes = unsafe UnsafeMutableRawBufferPointer(buffer).assumingMemoryBound(to: CChar.self)
        return try valueOrErrno(unsafe keyctl_read(rawValue, bytes.baseAddress, bytes.count))
      }
      let count = Int(length) / MemoryLayout<Int32>.size
      if count <= room { return serials.prefix(count).map(KeySerial.init(rawValue:)) }
      room = count
    }
  }
}

private func valueOrErrno<Value: SignedInteger>(_ value: Value) throws(Errno) -> Value {
  guard value >= 0 else { throw .current }
  return value
}
