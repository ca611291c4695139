// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// While the real uid is the user's, the user may send signals: they wait until it is root's again.
struct SignalTests {
  /// Opens a session while its user sends a signal again and again.
  private func open(_ login: PAMFixture, while signal: Int32, after steps: String) throws
    -> Transcript
  {
    let attack = String(repeating: "kill:\(signal) sleep:50 ", count: 12)
    // Each keyctl(2) of the traced driver, and none of its child's, takes 200 ms.
    return try login.trace(
      [
        "--quiet=all", "--output=/dev/null", "--trace=keyctl", "--inject=keyctl:delay_enter=200000",
      ],
      "\(steps) start:h:test:user background [ ids:{uid}:{uid}:{uid} ready \(attack) ] open:h")
  }

  @Test(arguments: [SIGABRT, SIGQUIT, SIGXCPU, 64])
  func takeEffectUnderTheCallersIDs(signal: Int32) throws {
    let transcript = try open(try PAMFixture("force"), while: signal, after: "catch:\(signal)")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "kill").contains("ok"), "the user had the chance")
    #expect(Set(transcript.results(of: "signal")) == ["\(signal) uid 0"], "\(transcript)")
  }

  /// systemd-coredump lets the real uid read a core.
  @Test(arguments: [SIGABRT, SIGQUIT, SIGXCPU, 64])
  func leaveNoCoreThatTheUserMayRead(signal: Int32) throws {
    let login = try PAMFixture("force")
    let transcript = try open(login, while: signal, after: "cores:\(login.directory.path)")
    #expect(transcript.exitStatus == signal, "\(transcript)")
    let pattern = try String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8)
    let cores = try FileManager.default.contentsOfDirectory(atPath: login.directory.path)
      .filter { $0.hasPrefix("core") }
    // Where a program takes the cores, it is told the real uid that the other test sees.
    let isDumped = signal != 64 && pattern.hasPrefix("core")
    #expect(cores.count == (isDumped ? 1 : 0))
    for core in cores {
      let bytes = try Data(contentsOf: login.directory.appending(path: core))
      #expect(try realUID(inCore: bytes) == 0)
    }
  }

  /// The note with `struct elf_prpsinfo`: after the header, the name and 16 bytes comes the real uid.
  private func realUID(inCore bytes: Data) throws -> UInt32 {
    let note = Data([5, 0, 0, 0, 0x88, 0, 0, 0, 3, 0, 0, 0] + Array("CORE".utf8))
    let place = try #require(bytes.range(of: note)).upperBound + 4 + 16
    return bytes.dropFirst(place).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}
