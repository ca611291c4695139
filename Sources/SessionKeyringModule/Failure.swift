// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import LinuxPAM

/// Why a call came to nothing: the step that failed, and what the kernel or libpam said to it.
struct Failure: Error {
  enum Step {
    /// Asked of libpam.
    case findUser, remember
    /// Asked of the kernel.
    case probe, look, borrow, join, link, giveBack, revoke
  }

  let step: Step
  /// A PAM result or an errno, by the step.
  let code: CInt

  init(_ step: Step, _ said: PAMResult) {
    self.step = step
    code = said.rawValue
  }

  init(_ step: Step, _ said: Errno) {
    self.step = step
    code = said.rawValue
  }

  /// What was said, in a word for the log.
  var outcome: UnsafePointer<CChar>? {
    switch step {
    case .findUser, .remember: unsafe PAMResult(rawValue: code).text
    default: unsafe Errno(rawValue: code).name
    }
  }

  /// What the call returns, where `otherwise` is its own kind of error.
  func result(otherwise: PAMResult) -> PAMResult {
    switch step {
    case .findUser: PAMResult(rawValue: code)
    case .probe: .success
    case .giveBack: .abort
    default: otherwise
    }
  }

  var priority: LogPriority {
    switch step {
    case .probe: .notice
    case .giveBack: .critical
    default: .error
    }
  }

  var text: CLiteral {
    switch step {
    case .findUser: "cannot tell whose session it is"
    case .remember: "cannot remember the session"
    case .probe: "no keyrings on this system"
    case .look: "cannot look at the session keyring"
    case .borrow: "cannot act for the user"
    case .join: "cannot join a session keyring"
    case .link: "cannot link into the session keyring"
    case .giveBack: "cannot give the user's identity back"
    case .revoke: "cannot revoke the session keyring"
    }
  }
}
