// SPDX-License-Identifier: BSD-3-Clause

internal import CLinuxPAM

/// What a PAM function returns, pam(3). As an error it is any but success.
public struct PAMResult: Error, Equatable {
  public let rawValue: CInt

  public init(rawValue: CInt) { self.rawValue = rawValue }

  /// PAM_SUCCESS.
  public static var success: PAMResult { PAMResult(rawValue: PAM_SUCCESS) }
  /// PAM_SESSION_ERR: the session could not be opened or closed.
  public static var sessionError: PAMResult { PAMResult(rawValue: PAM_SESSION_ERR) }
  /// PAM_CRED_ERR: the credentials could not be set.
  public static var credentialError: PAMResult { PAMResult(rawValue: PAM_CRED_ERR) }
  /// PAM_USER_UNKNOWN.
  public static var userUnknown: PAMResult { PAMResult(rawValue: PAM_USER_UNKNOWN) }
  /// PAM_BUF_ERR: out of memory.
  public static var bufferError: PAMResult { PAMResult(rawValue: PAM_BUF_ERR) }
  /// PAM_ABORT: the application cannot go on.
  public static var abort: PAMResult { PAMResult(rawValue: PAM_ABORT) }

  /// libpam's words for it, pam_strerror(3).
  public var text: UnsafePointer<CChar>? {
    // SAFETY: pam_strerror does not look at the handle, and returns a constant string.
    unsafe pam_strerror(nil, rawValue)
  }
}
