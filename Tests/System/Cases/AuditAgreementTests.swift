// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// The audit's verdicts, held against what the real libpam, modules and kernel make of the same files.
struct AuditAgreementTests {
  @Test(arguments: 0..<10 as Range<UInt64>)
  func anyConfigurationThatLibpamAcceptsGetsAVerdictThatHolds(seed: UInt64) throws {
    let machine = try Machine()
    var configuration = GeneratedConfiguration(seed: seed, services: 60)
    for (name, text) in configuration.files() { try machine.write(text, to: "etc/pam.d/\(name)") }
    // Empty files stand for the modules that are installed.
    let modules = ["pam_permit", "pam_deny", "pam_debug", "pam_keyinit"]
    for module in modules { try machine.write("", to: "usr/lib/security/\(module).so") }
    try machine.write("", to: Login.module)

    let services = (0..<configuration.services).map { "s\($0)" }
    let sessions = try machine.sessions(through: services)
    let audit = Audit(try FileTree(root: machine.root.path))
    var verdicts: [Verdict: Int] = [:]
    for service in services {
      let judged = audit.judge(service)
      verdicts[judged.verdict, default: 0] += 1
      let seen = try #require(sessions[service])
      let holds = judged.isBorneOut(by: seen)
      #expect(holds, "seed \(seed): \(service) \(judged.verdict), \(judged.place), but \(seen)")
    }
    print("verdicts of seed \(seed): \(verdicts)")
  }
}
