// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// `session-keyring audit` of images whose makers mean harm: it runs as root.
struct AuditHostileTests {
  private let machine: ConfigurationFixture

  init() throws { machine = try ConfigurationFixture() }

  /// What it prints, within this many seconds.
  private func audit(_ services: String..., within seconds: Int = 60) throws -> String {
    let audit = [PAMFixture.tool, "audit", "--root", machine.root.path] + services
    // 2 GB for all, of which the program itself is a small part.
    let transcript = try machine.login.run(
      "/usr/bin/prlimit", ["--data=2000000000"] + audit, environment: machine.login.environment,
      within: seconds)
    #expect(transcript.exitStatus == 0, "\(transcript)")
    return transcript.description
  }

  private func write(_ count: Int, _ text: (Int) -> String) throws {
    for number in 0..<count { try machine.write(text(number), to: "etc/pam.d/f\(number)") }
  }

  @Test func deviceNodesAndPipesAreNotOpened() throws {
    let directory = machine.root.appending(path: "etc/pam.d").path
    for (name, major) in [("watchdog", 10), ("tape", 9)] {
      mknod("\(directory)/\(name)", S_IFCHR | 0o600, dev_t(major << 8 | 130))
    }
    mkfifo("\(directory)/pipe", 0o600)
    let trace = machine.login.directory.appending(path: "trace").path
    let transcript = try machine.login.run(
      "/usr/bin/strace",
      [
        "-f", "-e", "trace=open,openat,openat2", "-o", trace, PAMFixture.tool, "audit", "--root",
        machine.root.path,
      ])
    for name in ["watchdog", "tape", "pipe"] {
      #expect(transcript.description.contains("/etc/pam.d/\(name): not a regular file (\(name))"))
    }
    let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
    let named = calls.filter { call in ["watchdog", "tape", "pipe"].contains { call.contains($0) } }
    #expect(!named.isEmpty && named.allSatisfy { $0.contains("O_PATH") }, "\(named)")
  }

  @Test func filesThatIncludeEachOtherEnd() throws {
    let all = (0..<40).map { "session include f\($0)\n" }.joined()
    try write(40) { _ in all }
    #expect(try audit("f0", "f39").contains("unknown      f39"))
  }

  /// libpam 1.5.2 fails at the descriptors that its program may have, later ones at 16.
  @Test func aLongChainOfIncludesEnds() throws {
    try write(10_000) { "session include f\($0 + 1)\n" }
    #expect(try audit("f0").hasPrefix("unknown      f0"))
  }

  @Test func manyNamesOfOneLargeFileTakeTheRoomOfOne() throws {
    try machine.write(String(repeating: "a\n", count: 1 << 19), to: "etc/pam.d/large")
    for number in 0..<61 {
      try FileManager.default.createSymbolicLink(
        atPath: machine.root.appending(path: "etc/pam.d/l\(number)").path,
        withDestinationPath: "large")
    }
    #expect(try audit(within: 120).contains("too many lines, with all files that these include"))
  }

  @Test func manyJumpsEnd() throws {
    try write(100) { file in
      (0..<3000).map { "session [success=\(1 + ($0 * 7 + file) % 50) default=ignore] pam_x.so\n" }
        .joined() + "session optional pam_keyinit.so force\n"
    }
    #expect(try audit(within: 120).split(separator: "\n").count > 100)
  }

  /// Tests/Benchmarks/audit.sh shows how soon.
  @Test func fiveThousandServicesAreJudgedAndAdvised() throws {
    try machine.installForAdvice()
    try machine.write("session required pam_permit.so\n", to: "etc/pam.d/common-session")
    try write(5000) { _ in "session required pam_permit.so\n@include common-session\n" }
    let report = try audit(within: 120).split(separator: "\n")
    #expect(report.count { $0.hasPrefix("never        f") } == 5000)
    #expect(report.count { $0 == "    session optional pam_session_keyring.so" } == 5000)
  }

  @Test func namesAreReportedAndForgeNothing() throws {
    let names = ["x\nexplicit     sshd", "\u{1B}[31mred", "y\u{202E}z"]
    for name in names {
      try machine.write("session required pam_permit.so\n", to: "etc/pam.d/\(name)")
    }
    let directory = machine.root.appending(path: "etc/pam.d").path
    let bytes = Array("\(directory)/w".utf8CString.dropLast()) + [-1, -2, 0]
    close(open(bytes, O_WRONLY | O_CREAT, 0o600))
    let report = try audit()
    for shown in ["x\\u{a}explicit     sshd ", "\\u{1b}[31mred ", "y\\u{202e}z ", "w\\xff\\xfe "] {
      #expect(report.contains(shown), "\(report)")
    }
    #expect(!report.contains("\nexplicit"))
    #expect(!report.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    #expect(report.contains("/etc/pam.d: not judged: the name is not UTF-8"))
  }

  /// With newlines and without: one line that begins with a NUL.
  @Test(arguments: [167, 160])
  func aFileOfGarbageHasOneFinding(factor: Int) throws {
    let garbage = (0..<20_000).map { UInt8(truncatingIfNeeded: ($0 &* factor) >> 3) }
    try machine.root.appending(path: "etc/pam.d/garbage").write(garbage)
    let findings = try audit().components(separatedBy: "\n\n").last ?? ""
    #expect(findings.components(separatedBy: "/etc/pam.d/garbage:").count == 2, "\(findings)")
  }
}
