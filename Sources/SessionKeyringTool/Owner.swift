// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemText

/// Whose a key is, as people know them: `alice (1000)`, or the number alone.
enum Owner {
  static func name(_ user: uid_t) -> String {
    // SAFETY: the entry and its name are valid until the next look-up.
    unsafe text(user, getpwuid(user)?.pointee.pw_name)
  }

  static func groupName(_ group: gid_t) -> String {
    // SAFETY: the entry and its name are valid until the next look-up.
    unsafe text(group, getgrgid(group)?.pointee.gr_name)
  }

  private static func text(_ number: UInt32, _ name: UnsafePointer<CChar>?) -> String {
    guard let name = unsafe name else { return "\(number)" }
    // SAFETY: libc ends it in a NUL.
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    return "\(escaped(bytes)) (\(number))"
  }
}
