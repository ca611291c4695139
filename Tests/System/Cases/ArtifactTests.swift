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

  /// By the encodings of ud0, ud1, ud2, int, int1, int3, hlt (amd64) and brk, hlt, udf (arm64).
  @Test func holdsNoTrap() throws {
    let lines = try output("objdump", "--disassemble", "--wide").split(separator: "\n")
    let codes = lines.compactMap { $0.firstMatch(of: #/^ *[0-9a-f]+:\t([0-9a-f ]+?) *\t/#)?.1 }
    let isRead = codes.count > 1000
    #expect(isRead, "the code was read")
    #if arch(arm64)
      let trap = #/^(d4[2-5].*|0000....)$/#
    #else
      let trap = #/^(0f (0b|b9|ff)|cc|cd|f1|f4).*$/#
    #endif
    let traps = codes.filter { $0.wholeMatch(of: trap) != nil }
    #expect(traps.count == 0)
  }

  /// A function or a constant at an odd address ends in SIGBUS on arm64.
  @Test func codeAndConstantsAreAligned() throws {
    let sections = try output("readelf", "--sections", "--wide").split(separator: "\n")
    for (name, least) in [(".text", 4), (".rodata", 8), (".got", 8), (".dynamic", 8)] {
      let row = try #require(sections.first { $0.contains(" \(name) ") }).split(separator: " ")
      let alignment = try #require(row.last.flatMap { Int($0) })
      let address = try #require(
        row.first { $0.count == 16 }.flatMap { Int($0, radix: 16) })
      #expect(alignment >= least && address % alignment == 0, "\(name)")
    }
    let functions = try output("nm", "--dynamic", "--defined-only").split(separator: "\n")
      .compactMap { Int($0.prefix(16), radix: 16) }
    #expect(functions.count == 4)
    #expect(functions.allSatisfy { $0 % 16 == 0 })
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
    let start = try #require(Int(relro.1, radix: 16))
    let size = try #require(Int(relro.2, radix: 16))
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
