// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc
internal import LinuxKeyrings

/// Inspects the session keyring that the process was started with, and changes it only in threads of its
/// own: each starts with the session keyring of the process, and after an exec with no other, keyrings(7).
public struct SessionKeyringInspector {
  private let user: UInt32
  private let keyrings: [ProcKeysEntry]

  /// For this real uid, with the keyrings that the process may view.
  public init(user: UInt32, keyrings: [ProcKeysEntry]) {
    (self.user, self.keyrings) = (user, keyrings)
  }

  /// Resolving `@s` in a process without a session keyring would create `@us` and `@u`, where they do
  /// not exist. So first search for a keyring, which creates nothing, request_key(2).
  public func inspect() throws(InspectionError) -> SessionKeyringState {
    do { try SessionKeyring.probe() } catch { throw .notAvailable(error) }
    if !hasFallback {
      guard try isAnyReachable else { return .none(fallback: nil) }
    }
    let session: Result<(KeySerial, KeyDescription?), Errno> = try withNewThread {
      do throws(Errno) {
        // The thread may have @us installed by that.
        let serial = try KeySerial.session.resolved()
        return .success((serial, try KeyDescription(of: serial)))
      } catch { return .failure(error) }
    }
    switch session {
    case .failure(let error): return try SessionKeyringState(error)
    case .success((_, nil)): throw .invalidDescription
    case .success((let serial, let keyring?)):
      let canJoin = SessionKeyringState.canJoin(keyring, user: user, fileSystemUser: geteuid())
      let joined =
        canJoin ? try withNewThread { SessionKeyring.joinUserSessionKeyring() } : nil
      return SessionKeyringState(serial, keyring, user: user, joined: joined)
    }
  }

  /// Whether the kernel has an `@us` to install. A revoked one does not count: once it is collected,
  /// resolving `@s` creates another.
  private var hasFallback: Bool {
    keyrings.contains {
      guard case .success = $0.description else { return false }
      return $0.isKernelCreated(.userSession, of: user)
    }
  }

  /// Whether request_key(2) reaches a keyring of this process, usable or not: `_ses`, `@us`, or one that it
  /// may view.
  private var isAnyReachable: Bool {
    get throws(InspectionError) {
      let names = Set(
        [Array("_ses".utf8), UserKeyring.userSession.name(of: user)] + keyrings.map(\.name))
      for name in names {
        do throws(Errno) {
          _ = try KeySerial.reachable(named: name)
          return true
        } catch {
          switch error {
          case .noSuchKey: continue
          case .keyRevoked, .keyExpired, .permissionDenied: return true
          default: throw .search(error)
          }
        }
      }
      return false
    }
  }
}
