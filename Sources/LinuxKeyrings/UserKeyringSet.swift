// SPDX-License-Identifier: BSD-3-Clause

/// The keyrings that a session keyring can link.
public struct UserKeyringSet: OptionSet, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `@us`, user-session-keyring(7).
  public static var userSession: UserKeyringSet { UserKeyringSet(rawValue: 1) }
  /// `@u`, user-keyring(7).
  public static var user: UserKeyringSet { UserKeyringSet(rawValue: 2) }
  /// Both, since `@us` can lose its own link to `@u`.
  public static var userSessionAndUser: UserKeyringSet { userSession.union(user) }
  /// The persistent keyring, persistent-keyring(7).
  public static var persistent: UserKeyringSet { UserKeyringSet(rawValue: 4) }
  /// The session keyring of who asked for the login, `su` or `sudo` for example.
  public static var invoker: UserKeyringSet { UserKeyringSet(rawValue: 8) }

  /// None of them.
  public static var none: UserKeyringSet { UserKeyringSet(rawValue: 0) }

  /// One keyring of the set; nil if it is empty.
  public var first: UserKeyringSet? {
    isEmpty ? nil : UserKeyringSet(rawValue: rawValue & (~rawValue &+ 1))
  }
}

extension Errno {
  /// Whether a link failed for the state of the keyring to be linked, so that a session without it
  /// is the best there is: it is revoked, expired or gone, its permissions forbid it, the link would
  /// close a cycle or nest too deep, the session keyring is full or restricted, or the kernel has no
  /// such keyring.
  public var isLinkSpecific: Bool {
    switch self {
    case .keyRevoked, .keyExpired, .noSuchKey, .permissionDenied, .notPermitted, .wouldCycle,
      .nestedTooDeep,
      .keyringFull, .notSupported:
      true
    default: false
    }
  }
}
