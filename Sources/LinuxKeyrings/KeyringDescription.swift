// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux

/// A keyring's attributes, as keyctl_describe(3) writes them: `keyring;uid;gid;permissions;name`.
struct KeyringDescription {
  let owner: uid_t
  let permissions: UInt32
  /// Whether it is the keyring of a user or a user session, or has taken a name of that kind.
  let isNamedAsUsers: Bool
  /// Whether it has the name that it was compared with.
  let hasName: Bool

  /// Reads the kernel's text; nil if it is not of that form.
  init?(_ text: UnsafePointer<CChar>, comparingWith name: KeyringName? = nil) {
    let type: StaticString = "keyring;"
    var (owner, group, permissions) = (UInt32(0), UInt32(0), UInt32(0))
    // SAFETY: the text ends in a NUL, and no step goes past it.
    guard unsafe text.starts(with: type) else { return nil }
    var rest = unsafe text + type.utf8CodeUnitCount
    guard unsafe Self.read(&owner, radix: 10, from: &rest),
      unsafe Self.read(&group, radix: 10, from: &rest),
      unsafe Self.read(&permissions, radix: 16, from: &rest)
    else { return nil }
    self.owner = owner
    self.permissions = permissions
    unsafe isNamedAsUsers = KeyringName.isUsers(rest)
    hasName = name.map { unsafe strcmp($0.characters, rest) == 0 } ?? false
  }

  /// Reads a number and moves past it and the semicolon behind it; false if they are not there.
  @inline(never)
  private static func read(
    _ number: inout UInt32, radix: CInt, from rest: inout UnsafePointer<CChar>
  ) -> Bool {
    let start = unsafe rest
    var end: UnsafeMutablePointer<CChar>?
    // SAFETY: strtoul stops at the NUL, and a semicolon is not the last byte.
    number = unsafe UInt32(truncatingIfNeeded: strtoul(start, &end, radix))
    guard let end = unsafe end, unsafe end != start, unsafe CInt(end.pointee) == semicolon else {
      return false
    }
    unsafe rest = UnsafePointer(end + 1)
    return true
  }
}

private let semicolon = CInt(59)
