// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux

/// An error number, errno(3).
public struct Errno: Error, Equatable {
  public let rawValue: CInt

  public init(rawValue: CInt) { self.rawValue = rawValue }

  /// The calling thread's `errno`; setting it is how a library leaves its caller's as it was.
  public static var current: Errno {
    get { Errno(rawValue: errno_get()) }
    set { errno_set(newValue.rawValue) }
  }

  /// The constant's own name, `EDQUOT` for example, from `strerrorname_np(3)`.
  @inline(never)
  public var name: UnsafePointer<CChar> {
    let unknown: StaticString = "unknown errno"
    // SAFETY: the function returns NULL or a string constant of libc; a literal ends in a NUL too.
    return unsafe strerrorname_np(rawValue)
      ?? UnsafeRawPointer(unknown.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  /// EPERM: a sandbox forbids the call, or the caller lacks a capability.
  public static var notPermitted: Errno { Errno(rawValue: EPERM) }
  /// EACCES: the key's permissions forbid it.
  public static var permissionDenied: Errno { Errno(rawValue: EACCES) }
  /// ENOSYS: a kernel built without keys.
  public static var notImplemented: Errno { Errno(rawValue: ENOSYS) }
  /// ENOKEY: no such key, or a key that has been collected.
  public static var noSuchKey: Errno { Errno(rawValue: ENOKEY) }
  /// EKEYREVOKED: the key was revoked.
  public static var keyRevoked: Errno { Errno(rawValue: EKEYREVOKED) }
  /// EKEYEXPIRED: the key's time ran out.
  public static var keyExpired: Errno { Errno(rawValue: EKEYEXPIRED) }
  /// EDQUOT: the key quota of the real uid is full.
  public static var quotaExceeded: Errno { Errno(rawValue: EDQUOT) }
  /// EDEADLK: the link would close a cycle of keyrings.
  public static var wouldCycle: Errno { Errno(rawValue: EDEADLK) }
  /// ELOOP: the link would nest keyrings too deep.
  public static var nestedTooDeep: Errno { Errno(rawValue: ELOOP) }
  /// ENFILE: the keyring holds all the links it can.
  public static var keyringFull: Errno { Errno(rawValue: ENFILE) }
  /// EOPNOTSUPP: a kernel built without persistent keyrings.
  public static var notSupported: Errno { Errno(rawValue: EOPNOTSUPP) }
}
