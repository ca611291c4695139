// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration
import Testing

/// Which file the advice changes.
struct AdviceFileTests {
  @Test func theSingleFileGetsTheServiceField() throws {
    let tree = try Tree([
      "etc/pam.conf": """
      su    session required pam_permit.so
      LOGIN session optional pam_permit.so
      other session required pam_deny.so
      """
    ])
    let advice = try tree.audit.advice(for: ["su", "login", "other"])
    #expect(advice.notes.isEmpty)
    #expect(
      advice.changes.map { String(decoding: $0.after, as: UTF8.self) } == [
        """
        su session optional pam_session_keyring.so
        su    session required pam_permit.so
        login session optional pam_session_keyring.so
        LOGIN session optional pam_permit.so
        other session required pam_deny.so
        """
      ])
  }

  @Test func aLinkIsNotChangedButTheFileThatItLeadsToOnce() throws {
    let tree = try Tree(["etc/pam.own/real": "session required pam_permit.so\n"])
    try tree.link("etc/pam.d", to: "pam.own")
    try tree.link("etc/pam.own/sshd", to: "real")
    try tree.link("etc/pam.own/su", to: "/etc/pam.d/real")
    let advice = try tree.audit.advice(for: ["sshd", "su"])
    #expect(advice.changes.map(\.path) == ["/etc/pam.own/real"])
    #expect(
      advice.changes.map { String(decoding: $0.after, as: UTF8.self) }
        == ["session optional pam_session_keyring.so\nsession required pam_permit.so\n"])
  }

  @Test func aPackagesFileIsCopiedWhole() throws {
    let tree = try Tree([
      "usr/lib/pam.d/systemd-user": "# systemd's\nsession required pam_permit.so\n",
      "etc/pam.d/README": "",
    ])
    let advice = try tree.audit.advice(for: ["systemd-user"])
    #expect(advice.changes.map(\.path) == ["/etc/pam.d/systemd-user"])
    #expect(advice.changes.map(\.copied) == ["/usr/lib/pam.d/systemd-user"])
    #expect(
      String(decoding: advice.diff, as: UTF8.self) == """
        diff --git a/etc/pam.d/systemd-user b/etc/pam.d/systemd-user
        new file mode 100644
        --- /dev/null
        +++ b/etc/pam.d/systemd-user
        @@ -0,0 +1,3 @@
        +# systemd's
        +session optional pam_session_keyring.so
        +session required pam_permit.so

        """)
  }
}
