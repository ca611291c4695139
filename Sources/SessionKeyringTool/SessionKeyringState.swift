// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings

/// What a process has for a session keyring.
enum SessionKeyringState: Equatable {
  /// Somebody joined it.
  case explicit(KeySerial, KeyDescription)
  /// It is the user session keyring or the user keyring of this user.
  case implicit(KeySerial, KeyDescription, UsersKeyring, user: UInt32)
  /// Somebody joined it, by a name that makes it look like that of this user.
  case fake(KeySerial, KeyDescription, UsersKeyring, user: UInt32)
  /// None; the kernel falls back to `@us`, where there is one.
  case none(fallback: KeySerial?)
  /// It is revoked, expired or not to be looked at.
  case broken(Errno)

  /// Decides by what the look at the session keyring brought. `joined` is what joining `@us` by its name
  /// would, nil if that is not to be had: the look alone has `@us` installed where there is none.
  init(_ serial: KeySerial, _ keyring: KeyDescription, user: UInt32, joined: KeySerial?) {
    self =
      switch keyring.standing {
      case .kernels(.userSession, user) where joined == serial: .none(fallback: serial)
      case .kernels(let kind, let owner) where kind != .persistent:
        .implicit(serial, keyring, kind, user: owner)
      case .fake(let kind, let owner) where kind != .persistent:
        .fake(serial, keyring, kind, user: owner)
      default: .explicit(serial, keyring)
      }
  }

  /// Reads what the kernel has against a look.
  init(_ refusal: Errno) throws(Unavailable) {
    switch refusal {
    case .keyRevoked, .keyExpired, .permissionDenied: self = .broken(refusal)
    // What the look would have installed is revoked itself.
    case .noSuchKey: self = .none(fallback: nil)
    default: throw Unavailable("cannot look at the session keyring", refusal)
    }
  }

  /// Whether joining `@us` by its name can be tried: the kernel would make another of that name, did it not
  /// let its owner find it by the file-system uid.
  static func canJoin(_ keyring: KeyDescription, user: UInt32, fileSystemUser: UInt32) -> Bool {
    keyring.standing == .kernels(.userSession, of: user) && keyring.user == user
      && keyring.permissions.letsOwnerSearch && fileSystemUser == user
  }
}
