// SPDX-License-Identifier: BSD-3-Clause

public import KeyInspection

/// A session keyring as the kernel has it, whoever may view it.
public struct CensusKeyring: Equatable, Sendable {
  public let serial: Int32
  /// The uid that owns it, in the initial user namespace.
  public let user: UInt32
  /// All ones where it has none.
  public let group: UInt32
  public let permissions: KeyPermissions
  public let name: [UInt8]
  let flags: UInt64
  /// In seconds since the epoch; of a revoked one, when it was revoked.
  let expiry: Int64

  public init(
    serial: Int32, user: UInt32, group: UInt32, permissions: KeyPermissions, name: [UInt8],
    flags: UInt64 = 0, expiry: Int64 = 0
  ) {
    (self.serial, self.user, self.group) = (serial, user, group)
    (self.permissions, self.name, self.flags, self.expiry) = (permissions, name, flags, expiry)
  }

  /// The user's keyring that it is, if the kernel created it as one.
  ///
  /// Anybody can join a keyring of such a name, and give it the same permissions; its owner can give the
  /// kernel's another group. What nobody can is to set the flag, or to have a keyring without a group.
  public var userKeyring: UserKeyring? {
    guard flags & Self.uidKeyring != 0 || group == .max else { return nil }
    return namedUserKeyring
  }

  /// Whether it has the name of a user's keyring, and is none.
  public var isImpostor: Bool { userKeyring == nil && namedUserKeyring != nil }

  private var namedUserKeyring: UserKeyring? {
    UserKeyring.allCases.first { name.starts(with: $0.rawValue.utf8) }
  }

  /// Whether no key in it can be found any more: it is revoked, or invalidated, keyctl_invalidate(3).
  var isRevoked: Bool { flags & (Self.dead | Self.revoked | Self.invalidated) != 0 }

  /// Whether its time had run out. Kernels before 6.7 write 0 for "never", others the largest number.
  func isExpired(at now: Int64) -> Bool { expiry != 0 && now >= expiry }

  /// Whether it is one that pam_session_keyring(8) charges root with, the user's quota being full: it
  /// grants rights to its possessor alone.
  var isChargedToRoot: Bool { user == 0 && permissions.rawValue == 0x3f00_0000 }

  // include/linux/key.h
  private static let dead: UInt64 = 1 << 0
  private static let revoked: UInt64 = 1 << 1
  private static let invalidated: UInt64 = 1 << 5
  private static let uidKeyring: UInt64 = 1 << 9
}
