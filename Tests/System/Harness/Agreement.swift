// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration

extension ServiceAudit {
  /// Whether sessions came out as the verdict says they do.
  public func agrees(with sessions: [ConfigurationFixture.Beginning: ConfigurationFixture.Session])
    -> Bool
  {
    let users = sessions.filter { !$0.key.isForRoot }
    let isOpen = sessions.values.allSatisfy(\.isOpen)
    let withoutDaemons = sessions[.nothing]?.hasOwnKeyring ?? false
    let whatever = users.values.allSatisfy(\.hasOwnKeyring)
    let discarded = users.values.contains { $0.made > 1 }
    let discardedForRoot = sessions.filter(\.key.isForRoot).values.contains { $0.made > 1 }
    let kinds = Set(findings.map(\.kind))
    if isOpen {
      guard !kinds.contains(.discardsForRoot) || discardedForRoot,
        !kinds.contains(.discards) || discarded
      else { return false }
    }
    return switch verdict {
    case .closed: sessions.values.allSatisfy { !$0.isOpen }
    case .inherited:
      isOpen && !discarded
        && users.allSatisfy { $0.key.isOfInvoker != $0.value.hasOwnKeyring }
    // Where nothing was stored in the first, this module may have made a second.
    case .explicit: isOpen && whatever
    case .conditional: isOpen && withoutDaemons && !whatever
    case .discarded: isOpen && withoutDaemons && discarded
    case .never: isOpen && !withoutDaemons
    case .unknown where kinds.contains(.authOnly): isOpen && !withoutDaemons
    // Where the modules leave nothing to chance, either a session opens or it does not.
    case .unknown: sessions.values.allSatisfy { !$0.isOpen }
    }
  }
}
