// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings

/// The session keyring of a process, session-keyring(7).
public enum SessionKeyringState: Equatable, Sendable {
  /// A process joined it.
  case explicit(KeySerial, KeyDescription)
  /// It is the user session keyring or the user keyring of this user.
  case implicit(KeySerial, KeyDescription, UserKeyring, user: UInt32)
  /// A process joined it by the name of such a keyring of this user.
  case impostor(KeySerial, KeyDescription, UserKeyring, user: UInt32)
  /// None: the kernel falls back to `@us`, where it exists.
  case none(fallback: KeySerial?)
  /// It is revoked, expired, or cannot be inspected: EKEYREVOKED, EKEYEXPIRED, EACCES.
  case unusable(Errno)

  /// Decides by what `@s` resolved to. `joined` is the serial that joining `@us` by its name returned, nil
  /// if that was not possible: resolving `@s` alone has `@us` installed in a process without one.
  init(_ serial: KeySerial, _ keyring: KeyDescription, user: UInt32, joined: KeySerial?) {
    self =
      switch keyring.origin {
      case .kernelCreated(.userSession, user) where joined == serial: .none(fallback: serial)
      case .kernelCreated(let kind, let owner) where kind != .persistent:
        .implicit(serial, keyring, kind, user: owner)
      case .impostor(let kind, let owner) where kind != .persistent:
        .impostor(serial, keyring, kind, user: owner)
      default: .explicit(serial, keyring)
      }
  }

  /// Decides by the error with which resolving or describing `@s` failed.
  init(_ error: Errno) throws(InspectionError) {
    switch error {
    case .keyRevoked, .keyExpired, .permissionDenied: self = .unusable(error)
    // The `@us` that the kernel would have installed is revoked itself.
    case .noSuchKey: self = .none(fallback: nil)
    default: throw .sessionKeyring(error)
    }
  }

  /// Whether joining `@us` by its name can be tried. The kernel would create another of that name if this
  /// one did not let its owner find it by the file-system uid.
  static func canJoin(_ keyring: KeyDescription, user: UInt32, fileSystemUser: UInt32) -> Bool {
    keyring.origin == .kernelCreated(.userSession, of: user) && keyring.user == user
      && keyring.permissions.letsOwnerSearch && fileSystemUser == user
  }
}
