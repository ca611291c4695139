// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import KeyInspection
import LinuxKeyrings

/// A look at the session keyring that changes nothing but threads of its own: each has the session keyring
/// of who started this process and, behind an exec, no other, keyrings(7).
struct SessionKeyringLook {
  let user: uid_t
  let known: [KnownKeyring]

  /// Looking up the session keyring of a process without one would create `@us` and `@u`, where they do
  /// not exist. So first ask for what is in reach: that creates nothing, request_key(2).
  func state() throws(Unavailable) -> SessionKeyringState {
    do { try SessionKeyring.probe() } catch { throw Unavailable("no keyrings here", error) }
    if !hasFallback {
      guard try isAnyInReach else { return .none(fallback: nil) }
    }
    let answer: Result<(KeySerial, KeyDescription?), Errno> = try ThreadOfItsOwn.run {
      do throws(Errno) {
        // The thread may have @us installed by that.
        let serial = try KeySerial.session.resolved()
        return .success((serial, try KeyDescription(of: serial)))
      } catch { return .failure(error) }
    }
    switch answer {
    case .failure(let refusal): return try SessionKeyringState(refusal)
    case .success((_, nil)): throw Unavailable("cannot read the kernel's description of a key")
    case .success((let serial, let keyring?)):
      let canJoin = SessionKeyringState.canJoin(keyring, user: user, fileSystemUser: geteuid())
      let joined =
        canJoin ? try ThreadOfItsOwn.run { SessionKeyring.joinUserSessionKeyring() } : nil
      return SessionKeyringState(serial, keyring, user: user, joined: joined)
    }
  }

  /// Whether the kernel has an `@us` to install. One that is revoked does not count: once it is
  /// collected, a look creates another.
  private var hasFallback: Bool {
    known.contains {
      guard case .success = $0.description else { return false }
      return $0.isKernels(.userSession, of: user)
    }
  }

  /// Whether the kernel knows of a keyring in this process, usable or not: `_ses`, `@us`, or one that is
  /// seen.
  private var isAnyInReach: Bool {
    get throws(Unavailable) {
      let names = Set(
        [Array("_ses".utf8), UsersKeyring.userSession.name(of: user)] + known.map(\.name))
      for name in names {
        do throws(Errno) {
          _ = try KeySerial.inReach(named: name)
          return true
        } catch {
          switch error {
          case .noSuchKey: continue
          case .keyRevoked, .keyExpired, .permissionDenied: return true
          default: throw Unavailable("cannot ask for a keyring", error)
          }
        }
      }
      return false
    }
  }
}

extension KeySerial {
  /// What request_key(2) finds by this name.
  static func inReach(named name: [UInt8]) throws(Errno) -> KeySerial {
    let characters = name.map(CChar.init(bitPattern:)) + [0]
    // SAFETY: the characters end in a NUL and are valid for the call.
    return try unsafe characters.withUnsafeBufferPointer { characters throws(Errno) in
      guard let start = characters.baseAddress else { throw .noSuchKey }
      return try unsafe KeySerial.keyring(named: start)
    }
  }
}
