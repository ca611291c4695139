// SPDX-License-Identifier: BSD-3-Clause

import CDriver
import Testing

@testable import LinuxPAM

struct PAMResultTests {
  /// Every code that libpam knows goes in and out unchanged and has words of its own.
  @Test func roundTrips() {
    var texts: Set<String> = []
    for code in 0..<CInt(_PAM_RETURN_VALUES) {
      let result = PAMResult(rawValue: code)
      #expect(result.rawValue == code)
      texts.insert(unsafe result.text.map { unsafe String(cString: $0) } ?? "")
    }
    #expect(texts.count == Int(_PAM_RETURN_VALUES))
  }

  @Test func areTheHeadersConstants() {
    #expect(PAMResult.success.rawValue == PAM_SUCCESS)
    #expect(PAMResult.sessionError.rawValue == PAM_SESSION_ERR)
    #expect(PAMResult.credentialError.rawValue == PAM_CRED_ERR)
    #expect(PAMResult.userUnknown.rawValue == PAM_USER_UNKNOWN)
    #expect(PAMResult.bufferError.rawValue == PAM_BUF_ERR)
    #expect(PAMResult.abort.rawValue == PAM_ABORT)
  }
}
