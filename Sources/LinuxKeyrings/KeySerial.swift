// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux

/// A key's serial number, or one of the special numbers that stand for the caller's own keyrings,
/// keyrings(7).
public struct KeySerial: Equatable, Sendable, BitwiseCopyable {
  public let rawValue: Int32

  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// No key: the kernel gives no key this number.
  public static var none: KeySerial { KeySerial(rawValue: 0) }
  /// `@t`, of the calling thread.
  public static var thread: KeySerial { KeySerial(rawValue: KEY_SPEC_THREAD_KEYRING) }
  /// `@s`, of the calling thread. A thread without one that looks it up gets its real uid's `@us`.
  public static var session: KeySerial { KeySerial(rawValue: KEY_SPEC_SESSION_KEYRING) }
  /// `@u`, of the real uid.
  public static var user: KeySerial { KeySerial(rawValue: KEY_SPEC_USER_KEYRING) }
  /// `@us`, of the real uid.
  public static var userSession: KeySerial { KeySerial(rawValue: KEY_SPEC_USER_SESSION_KEYRING) }
}
