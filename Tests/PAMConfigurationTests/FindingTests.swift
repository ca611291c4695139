// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration
import Testing

/// What is found in a line.
struct FindingTests {
  @Test(arguments: [
    ("session required pam_permit.so\n", Finding.Kind.none, 1),
    ("session optional pam_keyinit.so revoke\n", .keepsAnothers, 1),
    ("session optional pam_session_keyring.so debug inherit\n", .keepsAnothers, 1),
    (
      "session optional pam_session_keyring.so\nsession optional pam_keyinit.so force\n", .discards,
      2
    ),
    ("session optional pam_session_keyring.so\nsession optional pam_keyinit.so\n", .twice, 2),
    (
      "session optional pam_keyinit.so force\nsession optional pam_krb5.so\n"
        + "session optional pam_session_keyring.so\n", .discardsForRoot, 3
    ),
    (
      "session optional pam_session_keyring.so\nsession optional pam_krb5.so\n"
        + "session optional pam_session_keyring.so join=login\n", .discards, 3
    ),
    ("session optional pam_krb5.so\nsession optional pam_keyinit.so force\n", .afterKeys, 2),
    ("session optional pam_keyinit.so force\n", .lacksUserSession, 1),
    ("session optional pam_session_keyring.so link=user\n", .lacksUserSession, 1),
    ("session required pam_keyinit.so force\n", .locksOut, 1),
    ("-session [default=die success=ok] pam_keyinit.so force\n", .locksOut, 1),
    ("session sufficient pam_unix.so\nsession optional pam_keyinit.so force\n", .skipped, 2),
    ("auth optional pam_keyinit.so force\nsession required pam_permit.so\n", .authOnly, 1),
    ("auth required pam_krb5.so\nsession optional pam_session_keyring.so\n", .storesBefore, 1),
    (
      "auth optional pam_session_keyring.so\nauth required pam_sss.so\n"
        + "session optional pam_keyinit.so force\nsession optional pam_session_keyring.so\n",
      .discardsCredentials, 3
    ),
    (
      "session optional pam_session_keyring.so\nsession optional pam_openafs_session.so\n",
      .createsItsOwn, 2
    ),
    ("session optional pam_keyinit.so force revoke\n", .revokes, 1),
    (
      "session optional pam_session_keyring.so\nsession optional pam_session_keyring.so revoke\n",
      .revokes, 2
    ),
    ("session optional pam_keyinit.so force\r\n", .carriageReturn, 1),
    ("sesion required pam_unix.so\nsession optional pam_keyinit.so force\n", .unreadable, 1),
    ("session nonsense pam_unix.so\n", .unreadable, 1),
    ("session required\n", .unreadable, 1),
    ("session\n", .unreadable, 1),
    ("session include missing\n", .unreadable, 1),
    ("# in a comment: \0\nsession required pam_unix.so\0\n", .unreadable, 2),
  ])
  func namesTheLine(lines: String, kind: Finding.Kind, line: Int) throws {
    let judged = try Tree.judge(lines)
    let finding = try #require(judged.findings.first { $0.kind == kind }, "\(judged.findings)")
    #expect(finding.location.line == line)
  }

  @Test(arguments: [
    "session optional pam_session_keyring.so\n",
    "session optional pam_session_keyring.so\nsession required pam_unix.so\n",
    "session optional pam_session_keyring.so\nsession optional pam_krb5.so\n",
    "session optional pam_session_keyring.so force\nsession include more\n",
    "session optional pam_gnome_keyring.so\nsession optional pam_session_keyring.so\n",
    "session optional pam_kwallet5.so\nsession optional pam_session_keyring.so force\n",
    "session optional pam_zfs_key.so\nsession optional pam_session_keyring.so\n",
    // As the package has it on Debian, with its second profile.
    "session optional pam_keyinit.so force revoke\nsession optional pam_session_keyring.so join=login\n",
    "auth optional pam_session_keyring.so\nauth required pam_krb5.so\nsession optional pam_session_keyring.so\n",
    "auth required pam_gnome_keyring.so\nauth required pam_kwallet5.so\nauth required pam_zfs_key.so\n"
      + "session optional pam_session_keyring.so\n",
    "session optional pam_session_keyring.so join=all revoke\n",
    "session optional pam_session_keyring.so\nsession optional pam_permit.so revoke\n",
  ])
  func findsNothingWhereAllIsWell(lines: String) throws {
    let judged = try Tree.judge(
      lines, ["etc/pam.d/more": "session optional pam_session_keyring.so\n"])
    #expect(judged.findings.isEmpty, "\(judged.findings)")
  }

  @Test func findsAModuleThatIsNotInstalled() throws {
    let judged = try Tree.judge(
      "session optional pam_session_keyring.so\nsession optional /opt/pam_keyinit.so force\n"
        + "session required pam_permit.so\n",
      [
        "usr/lib/x86_64-linux-gnu/security/pam_permit.so": "",
        "opt/pam_keyinit.so": "",
      ])
    #expect(judged.verdict == .explicit)
    #expect(judged.location.line == 2)
    #expect(judged.findings.map(\.kind) == [.lacksUserSession, .missingModule])
  }

  @Test func findsThatTheLinesOfOtherAreUsed() throws {
    let judged = try Tree.judge(
      "auth required pam_permit.so\n",
      ["etc/pam.d/other": "session optional pam_keyinit.so force\n"])
    #expect(judged.verdict == .explicit)
    #expect(judged.location.file == "/etc/pam.d/other")
    #expect(judged.findings.map(\.kind) == [.lacksUserSession, .usesOther])
  }

  /// cupsd and others call pam_setcred in themselves, and open no session.
  @Test func findsTheModuleInAFileOfAuthLinesThatServicesShare() throws {
    let auth = "auth optional pam_session_keyring.so\n"
    let judged = try Tree.judge(
      "@include common-auth\nsession optional pam_session_keyring.so\n",
      ["etc/pam.d/common-auth": auth])
    #expect(judged.findings.map(\.kind) == [.inCommonAuth])
    #expect(judged.findings.first?.location.file == "/etc/pam.d/common-auth")
    let su = try Tree([
      "etc/pam.d/su": auth + "session optional pam_session_keyring.so\n",
      "etc/pam.d/su-l": "auth include su\nsession include su\n",
      "etc/os-release": "ID=alpine\n",
    ])
    #expect(try su.judge("su-l").findings.isEmpty)
  }

  @Test func namesTheMissingModuleThatStopsAService() throws {
    let judged = try Tree.judge(
      "session optional pam_keyinit.so force\nsession required pam_gone.so\n",
      ["usr/lib/security/pam_keyinit.so": ""])
    #expect(judged.verdict == .unknown)
    #expect(judged.location.line == 2)
    #expect(judged.findings.first?.text == "pam_gone.so is not installed, and no session opens")
  }

  @Test func aFileOfGarbageHasOneFinding() throws {
    let judged = try Tree.judge((0..<50).map { "garbage \($0)\n" }.joined())
    #expect(judged.findings.map(\.kind) == [.unreadable])
    #expect(
      judged.findings.first?.text.hasSuffix("and 49 more lines that libpam cannot read") == true)
  }

  /// As the package has it on Debian: both, and what pam_keyinit created is revoked.
  @Test func findsWhichLineRevokes() throws {
    let judged = try Tree.judge(
      "session optional pam_keyinit.so force revoke\nsession optional pam_session_keyring.so\n")
    #expect(judged.verdict == .explicit)
    #expect(judged.findings.map(\.kind) == [.revokes])
  }

  @Test func aFilesBytesNeverBreakTheLine() throws {
    let judged = try Tree.judge("session \u{1B}[31mred\r\u{2028}\u{7} pam_x.so\n")
    let finding = try #require(judged.findings.first { $0.kind == .unreadable })
    #expect(finding.text == "invalid control flag '\\u{1b}[31mred\\u{d}\\u{2028}\\u{7}'")
  }
}
