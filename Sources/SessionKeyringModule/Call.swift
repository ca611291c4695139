// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxPAM

/// What libpam can ask of the module.
enum Call: Equatable {
  case open, close
  case establishCredentials, keepCredentials, deleteCredentials

  /// Reads the flags of pam_sm_setcred(3); none of them means PAM_ESTABLISH_CRED.
  init(credentialFlags flags: CInt) {
    self =
      if flags & CInt(PAM_DELETE_CRED) != 0 {
        .deleteCredentials
      } else if flags & CInt(PAM_REINITIALIZE_CRED | PAM_REFRESH_CRED) != 0 {
        .keepCredentials
      } else {
        .establishCredentials
      }
  }

  /// The error that libpam expects of such a call.
  var error: PAMResult {
    switch self {
    case .open, .close: .sessionError
    case .establishCredentials, .keepCredentials, .deleteCredentials: .credentialError
    }
  }

  func make(on handle: PAMHandle, _ arguments: ModuleArguments) -> PAMResult {
    // A session has its wrong arguments logged once, not again when it closes.
    let opens = self == .open || self == .establishCredentials
    let options = Options(arguments) { complaint, argument in
      if opens { handle.log(.error, complaint, argument) }
    }
    let session = Session(handle: handle, options: options)
    // The one place that logs a failure and turns it into a result.
    do {
      switch self {
      case .open, .establishCredentials: try session.open(counted: self == .open)
      case .close, .deleteCredentials: try session.close(atOnce: self == .deleteCredentials)
      case .keepCredentials: break
      }
      return .success
    } catch {
      unsafe handle.log(error.priority, error.text, error.outcome)
      return error.result(otherwise: self.error)
    }
  }
}
