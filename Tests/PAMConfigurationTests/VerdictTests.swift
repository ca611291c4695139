// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import PAMConfiguration

/// Verdicts and the lines that decide them. AuditAgreementTests compares them with libpam.
struct VerdictTests {
  private static let keyinit = "session optional pam_keyinit.so force revoke\n"
  private static let module = "session optional pam_session_keyring.so\n"
  private static let permit = "session required pam_permit.so\n"

  private static let cases: [(lines: [String], verdict: Verdict, line: Int?)] = [
    ([keyinit], .explicit, 1),
    ([module], .explicit, 1),
    ([permit, module], .explicit, 2),
    (["session optional pam_keyinit.so revoke\n"], .conditional, 1),
    (["session optional pam_session_keyring.so inherit\n"], .explicit, 1),
    (["session optional pam_session_keyring.so inherit force\n"], .explicit, 1),
    ([module, keyinit], .discarded, 2),
    ([keyinit, keyinit], .explicit, 1),
    ([module, module], .explicit, 1),
    // The user's own is adopted; a root user's is not.
    ([keyinit, module], .explicit, 1),
    ([keyinit, "session optional pam_session_keyring.so inherit\n"], .explicit, 1),
    ([keyinit, "session optional pam_session_keyring.so join=shared\n"], .explicit, 2),
    ([keyinit, "session optional pam_session_keyring.so join=.no\n"], .explicit, 1),
    (["session optional pam_keyinit.so\n", module], .explicit, 1),
    ([permit], .never, nil),
    (["session [default=1] pam_permit.so\n", keyinit, permit], .never, nil),
    (["session required pam_deny.so\n"], .closed, 1),
    ([keyinit, "session required pam_deny.so\n"], .closed, 2),
    (["auth required pam_unix.so\n"], .closed, nil),
    ([keyinit, "session required pam_unix.so\n"], .explicit, 1),
    (["session requisite pam_unix.so\n", keyinit], .explicit, 2),
    (["session sufficient pam_unix.so\n", keyinit], .unknown, 1),
    (["session [success=1 default=ignore] pam_unix.so\n", keyinit, permit], .unknown, 1),
  ]

  @Test(arguments: cases.indices)
  func ofALineAfterTheOther(number: Int) throws {
    let (lines, verdict, line) = Self.cases[number]
    let judged = try Tree.judge(lines.joined())
    #expect(judged.verdict == verdict, "\(judged.findings)")
    #expect(judged.location.line == line)
    #expect(judged.location.file == "/etc/pam.d/login")
  }

  @Test func verdictsGoFromGoodToBad() {
    #expect(
      Verdict.allCases == [
        .closed, .explicit, .inherited, .conditional, .discarded, .never, .unknown,
      ])
    #expect(Verdict.allCases.sorted() == Verdict.allCases)
  }

  @Test func aLineOfAuthAloneLeavesItToTheProgram() throws {
    let judged = try Tree.judge("auth optional pam_keyinit.so force\n" + Self.permit)
    #expect(judged.verdict == .unknown)
    #expect(judged.findings.map(\.kind) == [.authOnly])
  }

  /// Each path through a substack leaves another impression for a later reset.
  @Test func moreStatesThanTheLimitAreNotFollowed() throws {
    let parts = (0..<14).map { number in
      (
        "etc/pam.d/part\(number)",
        """
        session [success=ok ignore=ignore default=bad] pam_x.so
        session [success=ignore ignore=reset default=ok] pam_x.so
        session substack part\(number + 1)
        session [success=ignore default=reset] pam_x.so

        """
      )
    }
    let lines = String(repeating: "session substack part0\n", count: 150)
    let files = Dictionary(uniqueKeysWithValues: parts + [("etc/pam.d/part14", Self.permit)])
    let judged = try Tree.judge(lines + Self.keyinit, files)
    #expect(judged.findings.first?.text == Wording.tooManyStates)
  }
}
