// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Testing

/// What the built objects are made of. `make test` builds the one for arm64 on other machines too.
struct ArtifactTests {
  @Test(arguments: Artifact.modules)
  func needsLibpamAndLibcAlone(_ module: Artifact) throws {
    let needed = try module.lines(of: "readelf", "--dynamic", "--wide")
      .compactMap { $0.firstMatch(of: #/\(NEEDED\).*\[(.*)\]/#)?.1 }
    #expect(needed.sorted() == ["libc.so.6", "libpam.so.0"])
  }

  @Test(arguments: Artifact.modules)
  func exportsTheEntryPointsAlone(_ module: Artifact) throws {
    let exported = try module.lines(
      of: "nm", "--dynamic", "--defined-only", "--format=just-symbols")
    #expect(
      exported.sorted() == [
        "pam_sm_authenticate", "pam_sm_close_session", "pam_sm_open_session", "pam_sm_setcred",
      ])
  }

  @Test(arguments: Artifact.modules)
  func importsNothingUnexpected(_ module: Artifact) throws {
    let imported = try module.lines(
      of: "nm", "--dynamic", "--undefined-only", "--format=just-symbols")
    let expected: Set = [
      "__errno_location", "free", "malloc", "memchr", "memcmp", "memset", "pam_get_data",
      "pam_get_user", "pam_modutil_getpwnam", "pam_set_data", "pam_strerror", "pam_syslog",
      "pthread_setcancelstate", "strcmp", "strerrorname_np", "strlen", "strtoul", "syscall",
      "usleep",
    ]
    let names = Set(imported.map { String($0.prefix { $0 != "@" }) })
    #expect(names.subtracting(expected).isEmpty)
    #expect(names.contains("syscall"), "the list was read")
  }

  /// By the encodings of ud0, ud1, ud2, int, int1, int3, hlt (amd64) and brk, hlt, udf (arm64).
  @Test(arguments: Artifact.modules)
  func holdsNoTrap(_ module: Artifact) throws {
    switch module.machine {
    case .amd64:
      let codes = try module.lines(of: "objdump", "--disassemble", "--wide")
        .compactMap { $0.firstMatch(of: #/^ *[0-9a-f]+:\t([0-9a-f ]+?) *\t/#)?.1 }
      let isRead = codes.count > 1000
      #expect(isRead, "the code was read")
      let traps = codes.filter { $0.wholeMatch(of: #/^(0f (0b|b9|ff)|cc|cd|f1|f4).*$/#) != nil }
      #expect(traps.count == 0)
    case .arm64:
      let words = try module.words()
      let isRead = words.count > 1000
      #expect(isRead, "the code was read")
      let traps = words.filter {
        [0xd420_0000, 0xd440_0000].contains($0 & 0xffe0_001f) || $0 >> 16 == 0
      }
      #expect(traps.count == 0)
    }
  }

  /// A function or a constant at an odd address ends in SIGBUS on arm64. Each function has a section of
  /// its own in the compiler's objects.
  @Test(arguments: Artifact.modules)
  func codeAndConstantsAreAlignedAsCompiled(_ module: Artifact) throws {
    let compiled = try module.compiledSections()
    let sections = try module.sections()
    for (name, least) in [(".text", 4), (".rodata", 8), (".got", 8), (".dynamic", 8)] {
      let section = try #require(sections.first { $0.name == name })
      let asked = compiled.filter { $0.name == name || $0.name.hasPrefix(name + ".") }
        .map(\.alignment)
      #expect(section.alignment >= max(least, asked.max() ?? 1), "\(name)")
      #expect(section.address % section.alignment == 0, "\(name)")
    }
    let addresses = try module.addresses()
    let functions = compiled.compactMap { section in
      section.name.hasPrefix(".text.")
        ? addresses[section.name.dropFirst(6)].map { (section, $0) } : nil
    }
    #expect(functions.count > 40)
    for (section, address) in functions {
      #expect(address % max(4, section.alignment) == 0, "\(section.name)")
    }
  }

  @Test(arguments: Artifact.modules)
  func isHardened(_ module: Artifact) throws {
    let dynamic = try module.lines(of: "readelf", "--dynamic", "--wide").joined(separator: "\n")
    #expect(dynamic.contains("BIND_NOW"))
    #expect(!dynamic.contains("RUNPATH") && !dynamic.contains("RPATH"))
    #expect(!dynamic.contains("TEXTREL"))
    #expect(!dynamic.contains("INIT_ARRAY") && !dynamic.contains("(INIT)"), "nothing runs at load")
    let segments = try module.lines(of: "readelf", "--segments", "--wide")
    #expect(segments.contains { $0.contains("GNU_RELRO") })
    let stack = try #require(segments.first { $0.contains("GNU_STACK") })
    #expect(stack.contains(" RW "))
    #expect(segments.filter { $0.contains("LOAD") && $0.contains("RWE") }.isEmpty)
  }

  /// The tables that the dynamic linker writes once are read-only afterwards: what RELRO covers ends
  /// with a page, or the last of it stays writable.
  @Test(arguments: Artifact.modules + [.program])
  func relocationsEndReadOnly(_ object: Artifact) throws {
    let segments = try object.lines(of: "readelf", "--segments", "--wide")
    let row = #/GNU_RELRO\s+\S+\s+0x(\S+)\s+\S+\s+\S+\s+0x(\S+)/#
    let relro = try #require(segments.compactMap { $0.firstMatch(of: row) }.first)
    let start = try #require(Int(relro.1, radix: 16))
    let size = try #require(Int(relro.2, radix: 16))
    #expect((start + size) % object.largestPage == 0)
  }

  /// One constant that swiftc marks as writable makes all of them so, outside of what RELRO covers.
  @Test(arguments: Artifact.modules + [.program])
  func constantsAreReadOnly(_ object: Artifact) throws {
    let constants = try #require(object.sections().first { $0.name == ".rodata" })
    #expect(!constants.flags.contains("W"), "\(constants.size) bytes")
  }

  @Test(arguments: Artifact.modules)
  func isSmall(_ module: Artifact) throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: module.url.path)
    let size = try #require(attributes[.size] as? Int)
    #expect(size <= 20 * 1024)
    #expect(attributes[.posixPermissions] as? Int == 0o644)
  }

  @Test(arguments: Artifact.modules)
  func namesItselfAsItIsInstalled(_ module: Artifact) throws {
    let dynamic = try module.lines(of: "readelf", "--dynamic", "--wide")
    #expect(dynamic.contains { $0.contains("[pam_session_keyring.so]") })
  }
}
