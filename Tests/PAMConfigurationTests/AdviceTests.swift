// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration
import Testing

/// What is changed in a service's own file, and what is not.
struct AdviceTests {
  private static let line = "session optional pam_session_keyring.so\n"
  private static let shared = [
    "etc/pam.d/common-session":
      "session [default=1] pam_permit.so\nsession requisite pam_deny.so\nsession required pam_permit.so\n",
    "etc/pam.d/common-auth": "auth optional pam_krb5.so\nauth required pam_permit.so\n",
  ]

  /// The service's file with the advice taken.
  private func advised(
    _ lines: String, as service: String = "login", _ others: [String: String] = shared
  )
    throws -> String
  {
    let tree = try Tree(["etc/pam.d/\(service)": lines].merging(others) { $1 })
    let advice = try withExtendedLifetime(tree) { try tree.audit.advice(for: [service]) }
    #expect(advice.notes.isEmpty, "\(advice.notes)")
    #expect(advice.changes.count <= 1)
    return advice.changes.first.map { String(decoding: $0.after, as: UTF8.self) } ?? lines
  }

  @Test(arguments: [
    // Where the stack includes the shared file.
    (
      "session required pam_limits.so\n@include common-session\nsession optional pam_motd.so\n",
      "session required pam_limits.so\n\(line)@include common-session\nsession optional pam_motd.so\n"
    ),
    // pam_keyinit gives its place and its arguments.
    (
      "session\toptional\tpam_keyinit.so force revoke # why\n@include common-session",
      "session\toptional\tpam_session_keyring.so force revoke # why\n@include common-session"
    ),
    (
      "session optional \\\n  /lib/security/pam_keyinit.so \\\n  revoke\nsession required pam_permit.so\n",
      "session optional \\\n  pam_session_keyring.so \\\n  revoke\nsession required pam_permit.so\n"
    ),
    // A jump and what it skips.
    (
      "session [success=1 default=bad] pam_keyinit.so\nsession requisite pam_deny.so\n"
        + "session required pam_permit.so\n",
      "session [success=1 default=bad] pam_session_keyring.so\nsession requisite pam_deny.so\n"
        + "session required pam_permit.so\n"
    ),
    (
      "session [success=1 default=ignore] pam_unix.so\n@include common-session\nsession required pam_permit.so\n",
      "\(line)session [success=1 default=ignore] pam_unix.so\n@include common-session\nsession required pam_permit.so\n"
    ),
    // What ends the stack before the shared file.
    (
      "session sufficient pam_unix.so\n@include common-session\n",
      "\(line)session sufficient pam_unix.so\n@include common-session\n"
    ),
    // Stays out of what decides whether a session opens.
    (
      "session optional pam_debug.so open_session=ignore\nsession optional pam_unix.so\n",
      "session [default=ignore] pam_session_keyring.so\n"
        + "session optional pam_debug.so open_session=ignore\nsession optional pam_unix.so\n"
    ),
    // After what pam_selinux opens.
    (
      "session required pam_selinux.so close\nsession required pam_selinux.so open\n@include common-session\n",
      "session required pam_selinux.so close\nsession required pam_selinux.so open\n\(line)@include common-session\n"
    ),
    (
      "session required pam_selinux.so open\nsession required pam_permit.so\nsession optional pam_env.so",
      "session required pam_selinux.so open\n\(line)session required pam_permit.so\nsession optional pam_env.so"
    ),
    // pam_keyinit after what stores keys goes to before it.
    (
      "session required pam_permit.so\nsession optional pam_mount.so\nsession optional pam_keyinit.so force revoke",
      "session optional pam_session_keyring.so force revoke\nsession required pam_permit.so\nsession optional pam_mount.so\n"
    ),
    (
      "session optional pam_session_keyring.so debug inherit\n",
      "session optional pam_session_keyring.so debug\n"
    ),
    // Not what only looks like it.
    (
      "session optional pam_session_keyring.so\n@include common-session\n",
      "session optional pam_session_keyring.so\n@include common-session\n"
    ),
    ("session required pam_deny.so\n", "session required pam_deny.so\n"),
  ])
  func changesTheServicesOwnLines(before: String, after: String) throws {
    // A service that calls no pam_setcred.
    #expect(try advised(before, as: "cron") == after)
    #expect(try advised(after, as: "cron") == after)
  }

  @Test(arguments: [
    // Above what stores keys in pam_setcred(3). What pam_keyinit makes would hide them.
    (
      "@include common-auth\nsession optional pam_keyinit.so force revoke\n@include common-session\n",
      "auth optional pam_session_keyring.so\n@include common-auth\n"
        + "session optional pam_session_keyring.so force revoke\n@include common-session\n"
    ),
    (
      "auth required pam_env.so\n@include common-auth\n\(line)@include common-session\n",
      "auth required pam_env.so\nauth optional pam_session_keyring.so\n@include common-auth\n\(line)@include common-session\n"
    ),
  ])
  func givesTheAuthLineToServicesThatOpenASession(before: String, after: String) throws {
    #expect(try advised(before, as: "sshd") == after)
    // cupsd authenticates in a daemon, and opens no session.
    #expect(try !advised(before, as: "cups").contains("auth optional pam_session_keyring.so"))
  }

  @Test func theSessionLineThatThePackageHasSharedIsNotTakenOut() throws {
    for arguments in ["", " join=login"] {
      let others = [
        "etc/pam.d/common-session":
          "session required pam_permit.so\nsession optional pam_session_keyring.so\(arguments)\n"
      ]
      for lines in [
        "session optional pam_keyinit.so force revoke\n@include common-session\n",
        "@include common-session\n",
      ] {
        #expect(try advised(lines, as: "login", others) == lines)
        let judged = try Tree.judge(lines, others)
        #expect(judged.verdict == .explicit)
        #expect(judged.findings.allSatisfy { $0.kind == .revokes })
      }
      // systemd-user has pam_keyinit after it.
      #expect(
        try advised(
          "@include common-session\nsession optional pam_keyinit.so force\n", as: "systemd-user",
          others)
          == "@include common-session\nsession optional pam_session_keyring.so force\n")
    }
  }
}
