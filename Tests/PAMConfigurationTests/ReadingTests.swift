// SPDX-License-Identifier: BSD-3-Clause

import SystemText
import Testing

@testable import PAMConfiguration

/// Where libpam looks for files, and which it takes.
struct ReadingTests {
  private static let keyinit = "session optional pam_keyinit.so force\n"
  private static let permit = "session required pam_permit.so\n"

  @Test func aFileOfTheAdministratorsHidesThePackages() throws {
    let tree = try Tree([
      "etc/pam.d/login": Self.permit, "usr/lib/pam.d/login": Self.keyinit,
      "usr/lib/pam.d/vendor": Self.keyinit,
    ])
    #expect(try tree.judge("login").verdict == .never)
    #expect(try tree.judge("vendor").verdict == .explicit)
    #expect(try tree.judge("vendor").location.file == "/usr/lib/pam.d/vendor")
  }

  @Test func theSingleFileCountsWhereThereIsNoDirectory() throws {
    let single = """
      login session optional pam_keyinit.so force
      LOGIN auth required pam_unix.so
      cron  session required pam_permit.so
      other session optional pam_keyinit.so

      """
    let tree = try Tree(["etc/pam.conf": single])
    #expect(try tree.audit.services() == ["cron", "login", "other"])
    #expect(try tree.judge("login").verdict == .explicit)
    #expect(try tree.judge("cron").verdict == .never)
    #expect(try tree.judge("atd").verdict == .conditional)
    try tree.write(Self.permit, to: "etc/pam.d/login")
    #expect(try tree.judge("login").verdict == .never)
    #expect(try tree.judge("cron").verdict == .unknown)
  }

  @Test func partsAndLeftoversAreNoServices() throws {
    let tree = try Tree([
      "etc/pam.d/login": "@include common\n" + Self.permit, "etc/pam.d/common": Self.keyinit,
      "etc/pam.d/su-l": "session include su\n", "etc/pam.d/su": Self.permit,
      "etc/pam.d/login.dpkg-old": "", "etc/pam.d/login~": "", "etc/pam.d/.hidden": "",
      "etc/pam.d/Upper": "", "etc/pam.d/directory/file": "", "usr/lib/pam.d/su": "",
    ])
    #expect(try tree.audit.services() == ["login", "su", "su-l"])
    try tree.write("-session include part\n@include ../su\n", to: "etc/pam.d/doas")
    try tree.write(Self.permit, to: "etc/pam.d/part")
    for name in [
      "x.pacnew", "x.pacsave", "x.apk-new", "x.rpmsave", "x.pam-config-backup", "x.orig", "x.rej",
      "x,v", "#x#",
    ] {
      try tree.write(Self.permit, to: "etc/pam.d/\(name)")
    }
    #expect(try tree.audit.services() == ["doas", "login", "su", "su-l"])
  }

  @Test func aServiceIsFoundByItsNameInSmallLetters() throws {
    let tree = try Tree(["etc/pam.d/login": Self.keyinit])
    #expect(try tree.judge("/usr/bin/LOGIN").service == "login")
    #expect(try tree.judge("LOGIN").verdict == .explicit)
  }

  @Test func noLinkLeadsOutOfTheTree() throws {
    let tree = try Tree(["etc/pam.d/other": Self.permit, "etc/inside": Self.keyinit])
    try tree.link("etc/pam.d/login", to: "/etc/inside")
    try tree.link("etc/pam.d/out", to: "../../../../../../../etc/inside")
    try tree.link("etc/pam.d/gone", to: "/etc/passwd")
    #expect(try tree.judge("login").verdict == .explicit)
    #expect(try tree.judge("out").verdict == .explicit)
    #expect(try tree.judge("gone").findings.contains { $0.kind == .usesOther })
  }

  @Test(arguments: [
    ("@include itself\n", Wording.includesItself),
    ("session include itself\n", Wording.includesItself),
    ("session include\n", Wording.includesNothing),
    (
      "session include vendor\n",
      Wording.includes("vendor", from: "/usr/lib/pam.d/vendor")
    ),
    ("@include missing\n", "libpam refuses the service: cannot include 'missing'"),
    (
      "session required pam_permit.so \\\n", Wording.refused(because: Wording.unfinishedLine)
    ),
    (
      "session optional pam_x.so \(String(repeating: "x", count: 1100))\n",
      Wording.overlongLine
    ),
    ("session substack itself\n", Wording.unusable),
    ("session required pam_permit.so\0 \\\n" + keyinit, Wording.nulDependsOnVersion),
  ])
  func findsWhyTheVerdictIsUnknown(lines: String, why: String) throws {
    let tree = try Tree(["etc/pam.d/itself": lines, "usr/lib/pam.d/vendor": Self.permit])
    let judged = try tree.judge("itself")
    #expect(judged.verdict == .unknown)
    #expect(judged.findings.first { $0.kind == .undecided }?.text == why)
  }

  @Test func filesThatIncludeEachOtherTwiceOverDoNotFillTheMemory() throws {
    var files = [
      "etc/pam.d/f30": Self.permit, "var/lib/dpkg/status": LibpamVersionTests.package("1.5.2-6"),
    ]
    for number in 0..<30 {
      files["etc/pam.d/f\(number)"] = String(
        repeating: "session include f\(number + 1)\n", count: 2)
    }
    let judged = try Tree(files).judge("f0")
    #expect(judged.verdict == .unknown)
    #expect(judged.findings.first?.text == Wording.tooManyLines)
  }

  @Test func somethingThatIsNoFileIsReadAsLibpamReadsIt() throws {
    let tree = try Tree(["etc/pam.d/other": Self.keyinit, "etc/pam.d/login/file": ""])
    #expect(try tree.judge("login").verdict == .explicit)
    let empty = try Tree(["etc/file": ""])
    #expect(try !empty.audit.hasConfiguration)
    #expect(throws: ReadError.self) { try FileTree(root: "/nonexistent") }
  }
}
