// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux

/// The system call keyctl(2): nothing else in the module makes it.
enum Keyctl {
  /// keyctl_get_keyring_ID(3) without creating: the serial behind a special number.
  static func keyringID(of keyring: KeySerial) throws(Errno) -> KeySerial {
    KeySerial(rawValue: try valueOrErrno(keyring_id(keyring.rawValue, 0)))
  }

  /// keyctl_join_session_keyring(3): the serial joined, or `none` if the thread was in it already.
  static func joinSessionKeyring(named name: KeyringName?) throws(Errno) -> KeySerial {
    // SAFETY: NULL, or the NUL-terminated characters that a KeyringName vouches for.
    KeySerial(rawValue: try valueOrErrno(unsafe keyring_join_session(name?.characters)))
  }

  /// keyctl_join_session_keyring(3) with the name that keyctl_describe(3) gives for the real uid's `@us`:
  /// the serial joined, `none` if the thread was in it already, nil if that fails.
  static func joinUserSessionKeyring() -> KeySerial? {
    var text = InlineArray<64, CChar>(repeating: 0)
    var span = text.mutableSpan
    return unsafe span.withUnsafeMutableBufferPointer { buffer -> KeySerial? in
      guard var name = buffer.baseAddress,
        unsafe key_describe(KEY_SPEC_USER_SESSION_KEYRING, name, buffer.count &- 1) > 0
      else { return nil }
      // SAFETY: the last byte stays a NUL. No underscore comes before the name, `_uid_ses.N`.
      while unsafe name.pointee != underscore {
        guard unsafe name.pointee != 0 else { return nil }
        unsafe name += 1
      }
      let serial = unsafe keyring_join_session(name)
      return serial < 0 ? nil : KeySerial(rawValue: serial)
    }
  }

  /// keyctl_session_to_parent(3).
  static func sessionKeyringToParent() throws(Errno) {
    _ = try valueOrErrno(keyring_to_parent())
  }

  /// keyctl_link(3).
  static func link(_ key: KeySerial, to keyring: KeySerial) throws(Errno) {
    _ = try valueOrErrno(key_link(key.rawValue, keyring.rawValue))
  }

  /// keyctl_unlink(3).
  static func unlink(_ key: KeySerial, from keyring: KeySerial) throws(Errno) {
    _ = try valueOrErrno(key_unlink(key.rawValue, keyring.rawValue))
  }

  /// keyctl_get_persistent(3) for the real uid: links its persistent keyring, made if need be.
  static func linkPersistent(to keyring: KeySerial) throws(Errno) {
    _ = try valueOrErrno(keyring_link_persistent(uid_t.max, keyring.rawValue))
  }

  /// keyctl_setperm(3).
  static func setPermissions(_ permissions: UInt32, on key: KeySerial) throws(Errno) {
    _ = try valueOrErrno(key_setperm(key.rawValue, permissions))
  }

  /// keyctl_chown(3) of the group alone.
  static func setGroup(_ group: gid_t, on key: KeySerial) throws(Errno) {
    _ = try valueOrErrno(key_chown(key.rawValue, uid_t.max, group))
  }

  /// keyctl_revoke(3).
  static func revoke(_ key: KeySerial) throws(Errno) {
    _ = try valueOrErrno(key_revoke(key.rawValue))
  }

  /// keyctl_describe(3), and whether the keyring has this name; nil if the kernel's text is not as
  /// documented.
  static func describe(
    _ key: KeySerial, comparingWith name: KeyringName? = nil
  ) throws(Errno) -> KeyringDescription? {
    // The kernel takes a description of up to 4095 bytes and puts type, ids and permissions before it.
    var text = InlineArray<4352, CChar>(repeating: 0)
    var span = text.mutableSpan
    var refusal: Errno?
    let description = unsafe span.withUnsafeMutableBufferPointer { buffer -> KeyringDescription? in
      guard let start = buffer.baseAddress else { return nil }
      // SAFETY: one byte of the buffer is kept from the kernel, so that a NUL always ends the text.
      let length = unsafe key_describe(key.rawValue, start, buffer.count &- 1)
      if length < 0 { refusal = .current }
      return unsafe KeyringDescription(start, comparingWith: name)
    }
    if let refusal { throw refusal }
    return description
  }

  private static func valueOrErrno<Value: SignedInteger>(
    _ value: Value
  ) throws(Errno) -> Value {
    guard value >= 0 else { throw .current }
    return value
  }
}

private let underscore = CChar(95)
