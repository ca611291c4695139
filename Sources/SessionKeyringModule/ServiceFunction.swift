// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxPAM

/// What libpam can ask of the module.
enum ServiceFunction: Equatable {
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

  /// Whether a session begins with it, and has its wrong arguments logged: once is enough.
  var opens: Bool { self == .open || self == .establishCredentials }
}
