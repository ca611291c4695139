// SPDX-License-Identifier: BSD-3-Clause

/// What a process has for a session keyring, from the least concern to the largest.
public enum KeyringState: String, CaseIterable, Comparable, Sendable {
  /// A keyring of its user's own; or one that root owns because the user's key quota was full.
  case explicit
  /// Its time ran out: no key in it is found.
  case expired
  /// It was revoked: no key in it is found.
  case revoked
  /// None: the user session keyring on demand, which all processes of the uid share.
  case none
  /// Some user's user session keyring, or user keyring.
  case implicit
  /// One that another uid owns: what that one stores in it is found.
  case foreign

  /// Decides for a process of this real uid. `opensSession` says that the process opened the session whose
  /// keyring it has.
  init(of keyring: CensusKeyring?, user: UInt32, opensSession: Bool, at now: Int64) {
    guard let keyring else {
      self = .none
      return
    }
    self =
      if keyring.isRevoked {
        .revoked
      } else if keyring.isExpired(at: now) {
        .expired
      } else if keyring.userKeyring != nil {
        .implicit
      } else if keyring.user == user || keyring.isChargedToRoot || opensSession {
        .explicit
      } else {
        .foreign
      }
  }

  public static func < (one: KeyringState, other: KeyringState) -> Bool {
    one.rank < other.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
