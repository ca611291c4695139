// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemText

/// A uid or a gid with its name, `alice (1000)`, or the number alone where it has none.
enum AccountName {
  /// getpwuid(3).
  static func user(_ uid: uid_t) -> String {
    // SAFETY: the entry and its name are valid until the next call.
    unsafe text(uid, getpwuid(uid)?.pointee.pw_name)
  }

  /// getgrgid(3).
  static func group(_ gid: gid_t) -> String {
    // SAFETY: the entry and its name are valid until the next call.
    unsafe text(gid, getgrgid(gid)?.pointee.gr_name)
  }

  /// The name alone, getpwuid(3); nil where it has none.
  static func name(of uid: uid_t) -> String? {
    // SAFETY: the entry and its name are valid until the next call.
    unsafe text(getpwuid(uid)?.pointee.pw_name)
  }

  /// The uid of a user by name, getpwnam(3), or by number; nil without such a user.
  static func uid(of name: String) -> uid_t? {
    // SAFETY: the entry is valid until the next call.
    unsafe getpwnam(name)?.pointee.pw_uid ?? uid_t(name)
  }

  private static func text(_ number: UInt32, _ name: UnsafePointer<CChar>?) -> String {
    unsafe text(name).map { "\($0) (\(number))" } ?? "\(number)"
  }

  private static func text(_ name: UnsafePointer<CChar>?) -> String? {
    guard let name = unsafe name else { return nil }
    // SAFETY: libc ends it in a NUL.
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    return escaped(bytes)
  }
}
