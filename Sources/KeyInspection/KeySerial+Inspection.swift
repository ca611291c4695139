// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux
public import LinuxKeyrings

/// What can be seen of keys without changing anything: by serial, nothing is installed or created.
///
/// The calls are those of libkeyutils, which the module does without.
extension KeySerial {
  /// The serial behind a special number, keyctl_get_keyring_ID(3).
  ///
  /// Of a thread without a session keyring, ``session`` gets `@us` installed; ``user`` and
  /// ``userSession`` are created where they do not exist. Errors: EACCES, EKEYREVOKED, EKEYEXPIRED,
  /// ENOKEY.
  public func resolved() throws(Errno) -> KeySerial {
    KeySerial(rawValue: try valueOrErrno(keyctl_get_keyring_ID(rawValue, 0)))
  }

  /// Finds a keyring by its name, as request_key(2) does without callout information: in the session
  /// keyring, which can be it, and in what that links.
  ///
  /// Without a session keyring the kernel searches `@us`, if there is one; nothing is installed or
  /// created. Errors: ENOKEY, if none is found; EKEYREVOKED, if the session keyring has that name and is
  /// revoked; EACCES, if it cannot be searched.
  @unsafe
  public static func keyring(named name: UnsafePointer<CChar>) throws(Errno) -> KeySerial {
    // SAFETY: the caller passes a NUL-terminated string.
    KeySerial(rawValue: try valueOrErrno(unsafe request_key("keyring", name, nil, 0)))
  }

  /// Writes `type;uid;gid;permissions;description` and a NUL into the buffer, keyctl_describe(3).
  ///
  /// Returns the length that it takes, the NUL included, which can be more than there is room for.
  /// Errors: EACCES, EKEYREVOKED, ENOKEY.
  @unsafe
  public func describe(into buffer: UnsafeMutableBufferPointer<CChar>) throws(Errno) -> Int {
    // SAFETY: the kernel writes no more than the buffer holds.
    Int(try valueOrErrno(unsafe keyctl_describe(rawValue, buffer.baseAddress, buffer.count)))
  }

  /// Writes the serials of a keyring's links into the buffer, keyctl_read(3).
  ///
  /// Returns how many there are, which can be more than there is room for. Errors: EACCES,
  /// EKEYREVOKED, EKEYEXPIRED, ENOKEY.
  @unsafe
  public func links(into buffer: UnsafeMutableBufferPointer<Int32>) throws(Errno) -> Int {
    // SAFETY: the kernel writes no more than the buffer holds.
    let bytes = unsafe UnsafeMutableRawBufferPointer(buffer).assumingMemoryBound(to: CChar.self)
    let length = try valueOrErrno(unsafe keyctl_read(rawValue, bytes.baseAddress, bytes.count))
    return Int(length) / MemoryLayout<Int32>.size
  }
}

private func valueOrErrno<Value: SignedInteger>(_ value: Value) throws(Errno) -> Value {
  guard value >= 0 else { throw .current }
  return value
}
