// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import LinuxPAM

/// Every text that the module logs.
enum Message: CaseIterable {
  // Failures, by the step that failed.
  case cannotLookUpUser, cannotStoreData, noKeyFacility, cannotInspect, cannotSwitch, cannotJoin
  case cannotLink, cannotLeave, cannotRestore, cannotRevoke
  // What does not end the call.
  case impostorOwned, usingAnonymous, notUsing, impostorHidden, impostorUnreadable
  case quotaCharged, quotaKept
  case unlinkedUserSession, unlinkedUser, unlinkedBoth, unlinkedPersistent, unlinkedInvoker
  case unlinkedSeveral, cannotRelease
  // Arguments.
  case unknownArgument, invalidName, invalidList, conflictsWithForce, conflictsWithJoin
  // At LOG_DEBUG.
  case joined, adopted, kept, revoked, alreadyRevoked, replacedSince, groupNotSet

  var text: CLiteral {
    switch self {
    case .cannotLookUpUser: "cannot look up the user"
    case .cannotStoreData: "cannot store PAM module data"
    case .noKeyFacility: "kernel keyrings not available, ignoring"
    case .cannotInspect: "cannot inspect the session keyring"
    case .cannotSwitch: "cannot switch to the user's uid"
    case .cannotJoin: "cannot join a session keyring"
    case .cannotLink: "cannot link into the session keyring"
    case .cannotLeave: "cannot leave the named session keyring of another user"
    case .cannotRestore: "cannot restore the caller's user ids"
    case .cannotRevoke: "cannot revoke the session keyring"
    case .impostorOwned: "named session keyring belongs to uid"
    case .usingAnonymous: "using an anonymous one"
    case .notUsing: "not using it"
    case .impostorHidden: "named session keyring is hidden by another user, not using it"
    case .impostorUnreadable: "cannot inspect the named session keyring, not using it"
    case .quotaCharged:
      "user's key quota exceeded (kernel.keys.maxkeys, maxbytes), charging root instead"
    case .quotaKept:
      "user's key quota exceeded (kernel.keys.maxkeys, maxbytes), keeping the session keyring as it is"
    case .unlinkedUserSession: "cannot link the user session keyring (@us), ignoring"
    case .unlinkedUser: "cannot link the user keyring (@u), ignoring"
    case .unlinkedBoth:
      "cannot link the user session keyring (@us) and the user keyring (@u), ignoring"
    case .unlinkedPersistent: "cannot link the persistent keyring, ignoring"
    case .unlinkedInvoker: "cannot link the invoker's session keyring, ignoring"
    case .unlinkedSeveral: "cannot link several keyrings, ignoring"
    case .cannotRelease: "cannot unlink the invoker's session keyring from the thread keyring"
    case .unknownArgument: "unknown argument"
    case .invalidName: "invalid keyring name"
    case .invalidList: "invalid list of keyrings"
    case .conflictsWithForce: "conflicts with 'force'"
    case .conflictsWithJoin: "conflicts with 'join='"
    case .joined: "joined"
    case .adopted: "adopted"
    case .kept: "kept"
    case .revoked: "revoked"
    case .alreadyRevoked: "already revoked"
    case .replacedSince:
      "session keyring was replaced by another module or thread, not revoking it"
    case .groupNotSet: "cannot set the session keyring's group, ignoring"
    }
  }

  /// What was not linked.
  init(unlinked keyrings: UserKeyringSet) {
    self =
      switch keyrings {
      case .userSession: .unlinkedUserSession
      case .user: .unlinkedUser
      case .userSessionAndUser: .unlinkedBoth
      case .persistent: .unlinkedPersistent
      case .invoker: .unlinkedInvoker
      default: .unlinkedSeveral
      }
  }
}
