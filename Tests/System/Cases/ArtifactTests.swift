// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// What the built object is made of, as binutils sees it.
struct ArtifactTests {
  private func output(_ program: String, _ arguments: String...) throws -> String {
    try Login().run("/usr/bin/" + program, arguments + [Login.module]).description
  }

  @Test func needsLibpamAndLibcAlone() throws {
    let needed = try output("readelf", "--dynamic", "--wide").matches(of: #/\(NEEDED\).*\[(.*)\]/#)
    #expect(
      needed.map { String($0.1) }.sorted() == ["libc.so.6", "libpam.so.0"])
  }

  @Test func exportsTheEntryPointsAlone() throws {
    let exported = try output("nm", "--dynamic", "--defined-only", "--format=just-symbols")
    #expect(
      exported.split(separator: "\n").sorted() == [
        "pam_sm_authenticate", "pam_sm_close_session", "pam_sm_open_session", "pam_sm_setcred",
      ])
  }

  @Test func importsNothingUnexpected() throws {
    let imported = try output("nm", "--dynamic", "--undefined-only", "--format=just-symbols")
    let expected: Set = [
      "__errno_location", "free", "malloc", "memchr", "memcmp", "memset", "pam_get_data",
      "pam_get_user", "pam_modutil_getpwnam", "pam_set_data", "pam_strerror", "pam_syslog",
      "pthread_setcancelstate", "strcmp", "strerrorname_np", "strlen", "strtoul", "syscall",
      "usleep",
    ]
    let names = Set(imported.split(separator: "\n").map { String($0.prefix { $0 != "@" }) })
    #expect(names.subtracting(expected).isEmpty)
    #expect(names.contains("syscall"), "the list was read")
  }

  @Test func holdsNoTrap() throws {
    let code = try output("objdump", "--disassemble", "--no-show-raw-insn")
    #expect(code.contains("call "), "the code was read")
    #expect(code.matches(of: #/\b(ud2|ud1|int3|hlt|brk)\b/#).isEmpty)
  }

  @Test func isHardened() throws {
    let dynamic = try output("readelf", "--dynamic", "--wide")
    #expect(dynamic.contains("BIND_NOW"))
    #expect(!dynamic.contains("RUNPATH") && !dynamic.contains("RPATH"))
    #expect(!dynamic.contains("TEXTREL"))
    #expect(!dynamic.contains("INIT_ARRAY") && !dynamic.contains("(INIT)"), "nothing runs at load")
    let segments = try output("readelf", "--segments", "--wide").split(separator: "\n")
    #expect(segments.contains { $0.contains("GNU_RELRO") })
    let stack = try #require(segments.first { $0.contains("GNU_STACK") })
    #expect(stack.contains(" RW "))
    #expect(segments.filter { $0.contains("LOAD") && $0.contains("RWE") }.isEmpty)
  }

  /// The tables that the dynamic linker writes once are read-only when the module runs: what RELRO
  /// covers ends with a page, or the last of it stays writable.
  @Test func relocationsEndReadOnly() throws {
    let segments = try output("readelf", "--segments", "--wide")
    let relro = try #require(
      segments.firstMatch(of: #/GNU_RELRO\s+\S+\s+0x(\S+)\s+\S+\s+\S+\s+0x(\S+)/#))
    let (start, size) = (Int(relro.1, radix: 16)!, Int(relro.2, radix: 16)!)
    #expect((start + size) % 4096 == 0)
  }

  @Test func isSmall() throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: Login.module)
    let size = try #require(attributes[.size] as? Int)
    #expect(size <= 20 * 1024)
    #expect(attributes[.posixPermissions] as? Int == 0o644)
  }

  @Test func namesItselfAsItIsInstalled() throws {
    #expect(try output("readelf", "--dynamic", "--wide").contains("[pam_session_keyring.so]"))
  }
}
