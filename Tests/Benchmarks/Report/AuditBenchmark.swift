// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness

/// The audit of machines with very many services, such as none has.
struct AuditBenchmark {
  /// Seconds that the program takes for so many services, each with a file of its own and Debian's way of
  /// including others.
  func seconds(services: Int) throws -> Double {
    let machine = try ConfigurationFixture()
    let session = """
      session [success=ok ignore=ignore module_unknown=ignore default=bad] pam_selinux.so close
      session required pam_loginuid.so
      @include common-session
      session optional pam_keyinit.so force revoke
      session optional pam_motd.so motd=/run/motd.dynamic
      session required pam_limits.so

      """
    let common = """
      session [default=1] pam_permit.so
      session requisite pam_deny.so
      session required pam_permit.so
      session required pam_unix.so
      session optional pam_systemd.so

      """
    try machine.write(common, to: "etc/pam.d/common-session")
    for number in 0..<services { try machine.write(session, to: "etc/pam.d/service\(number)") }
    let tool = PAMFixture.root.appending(path: "build/session-keyring").path
    let start = ContinuousClock.now
    let transcript = try machine.login.run(tool, ["audit", "--root", machine.root.path])
    let duration = ContinuousClock.now - start
    guard transcript.results(of: "explicit").count == services else {
      throw Measurement.Failed(transcript: transcript)
    }
    return duration / .seconds(1)
  }
}
