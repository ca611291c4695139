// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// The steps that call libpam, and how their results are printed.
extension Step {
  func start() -> OpaquePointer? {
    var handle: OpaquePointer?
    let directory = getenv("PAM_CONFDIR").map { String(cString: $0) }
    let user = arguments.dropFirst(2).first
    let result = pam_start_confdir(
      argument(1), user, driver_silent_conversation(), directory, &handle)
    if result != PAM_SUCCESS { report(result) }
    return handle
  }

  var credentialFlags: CInt {
    switch argument(1) {
    case "establish": CInt(PAM_ESTABLISH_CRED)
    case "delete": CInt(PAM_DELETE_CRED)
    case "reinitialize": CInt(PAM_REINITIALIZE_CRED)
    case "refresh": CInt(PAM_REFRESH_CRED)
    default: 0
    }
  }

  func report(_ result: CInt) {
    let names: [CInt: String] = [
      PAM_SUCCESS: "PAM_SUCCESS", PAM_SESSION_ERR: "PAM_SESSION_ERR",
      PAM_CRED_ERR: "PAM_CRED_ERR", PAM_USER_UNKNOWN: "PAM_USER_UNKNOWN",
      PAM_ABORT: "PAM_ABORT", PAM_IGNORE: "PAM_IGNORE", PAM_CONV_ERR: "PAM_CONV_ERR",
      PAM_PERM_DENIED: "PAM_PERM_DENIED", PAM_AUTH_ERR: "PAM_AUTH_ERR",
      PAM_MODULE_UNKNOWN: "PAM_MODULE_UNKNOWN",
    ]
    emit("\(verb) \(names[result] ?? "PAM result \(result)")")
  }
}
