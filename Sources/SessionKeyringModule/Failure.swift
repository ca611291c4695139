// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import LinuxPAM

/// Why a call failed: the step, and what the kernel or libpam returned.
struct Failure: Error {
  enum Step {
    /// Calls of libpam.
    case lookUpUser, storeData
    /// System calls.
    case probe, inspect, borrow, join, link, leave, restore, revoke
  }

  enum Cause: Equatable {
    case pam(PAMResult)
    case errno(Errno)
    /// The kernel was not asked, since the thread could not have become what it was again.
    case notRestorable
    /// The kernel refused without an errno, as setfsuid(2) does.
    case refused
    /// An earlier call on the handle failed for good.
    case earlierCall
  }

  let step: Step
  let cause: Cause

  init(_ step: Step, _ cause: Cause) {
    self.step = step
    self.cause = cause
  }

  init(_ step: Step, _ result: PAMResult) { self.init(step, .pam(result)) }

  init(_ step: Step, _ errno: Errno) { self.init(step, .errno(errno)) }

  /// Whether the quota of the user's keys is full.
  var isQuota: Bool { cause == .errno(.quotaExceeded) }

  /// The cause in a word or two for the log.
  var outcome: UnsafePointer<CChar>? {
    switch cause {
    case .pam(let result): unsafe result.text
    case .errno(let errno): unsafe errno.name
    case .notRestorable: unsafe CLiteral("CAP_SETUID or the way back is missing").pointer
    case .earlierCall: unsafe CLiteral("an earlier call failed").pointer
    case .refused: unsafe CLiteral("setfsuid refused").pointer
    }
  }

  /// What the call returns, where `otherwise` is its own kind of error.
  func result(otherwise: PAMResult) -> PAMResult {
    switch (step, cause) {
    case (.lookUpUser, .pam(let result)): result
    case (.probe, _): .success
    case (.restore, _): .abort
    default: otherwise
    }
  }

  var priority: LogPriority {
    switch step {
    case .probe: .debug
    case .restore: .critical
    default: .error
    }
  }

  var message: Message {
    switch step {
    case .lookUpUser: .cannotLookUpUser
    case .storeData: .cannotStoreData
    case .probe: .noKeyFacility
    case .inspect: .cannotInspect
    case .borrow: .cannotSwitch
    case .join: .cannotJoin
    case .link: .cannotLink
    case .leave: .cannotLeave
    case .restore: .cannotRestore
    case .revoke: .cannotRevoke
    }
  }
}
