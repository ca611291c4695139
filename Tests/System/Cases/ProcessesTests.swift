// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// `session-keyring ps`, held against what `status` says inside the process.
struct ProcessesTests {
  @Test(arguments: [
    ("\(Status.asUser)", "none", "none: "),
    ("\(Status.asUser) join", "explicit", "explicit: session keyring owned by this user"),
    ("\(Status.asUser) join:work", "explicit", "explicit: session keyring owned by this user"),
    ("join \(Status.asUser)", "foreign", "explicit: session keyring owned by root (0)"),
    (
      "ids:{other}:{other}:0 join ids:0:0:0 \(Status.asUser)", "foreign",
      "explicit: session keyring owned by nobody-gid"
    ),
    (
      "\(Status.asUser) remember:@us join:_uid_ses.{uid}", "implicit",
      "implicit: the user session keyring, shared"
    ),
    ("\(Status.asUser) show", "implicit", "implicit: the user session keyring, shared"),
    (
      "\(Status.asUser) remember:@us join:_uid.{uid}", "implicit",
      "implicit: the user keyring, shared"
    ),
    (
      "join:_uid_ses.0 \(Status.asUser)", "implicit",
      "implicit: the user session keyring of root (0)"
    ),
    ("\(Status.asUser) join revoke:@s", "revoked", "revoked: "),
    ("\(Status.asUser) remember:@us join expire:@s sleep:1500", "expired", "expired: "),
    ("join revoke:@s \(Status.asUser)", "revoked", "revoked: "),
  ])
  func saysWhatStatusSaysInside(steps: String, state: String, summary: String) throws {
    let login = try PAMFixture()
    let (census, transcript) = try Census.ofUser(
      after: "\(steps) fork [ exec:\(PAMFixture.tool):status ]", in: login)
    #expect(census.processes.map(\.state) == [state], "\(transcript)")
    #expect(census.processes.allSatisfy { $0.uid == login.uid && $0.tid == nil })
    // The look of `show` had @us installed, which `status` takes for none at all.
    let isInstalled = steps.contains("show")
    #expect(
      transcript.description.contains("\n\(summary)") || transcript.description.hasPrefix(summary)
        || isInstalled && transcript.description.contains("none: "), "\(transcript)")
  }

  /// A full quota of the user's: the module has root charged, as a session that opens shows.
  @Test func aKeyringChargedToRootIsExplicit() throws {
    let login = try PAMFixture()
    let (census, transcript) = try Census.ofUser(
      after: """
        ids:{uid}:0:0:{uid} remember:@us crowd ids:0:0:0:0
        start:h:test:user open:h show \(Status.asUser)
        """, in: login)
    #expect(census.processes.map(\.state) == ["explicit"], "\(transcript)")
    #expect(census.processes.first?.keyring?.uid == 0)
    #expect(census.processes.first?.keyring?.permissions == "3f000000")
    let serial = try transcript.lastShown().serial
    #expect(census.processes.first.map { "\($0.keyring?.serial ?? 0)" } == serial)
  }

  /// A name and permissions anybody can give a keyring, and a group that its owner can be in.
  @Test(arguments: ["gids:{uid}:{uid}:{uid}", "gids:65534:65534:65534"])
  func aForgedNameIsNotBelieved(ids: String) throws {
    let login = try PAMFixture()
    let forged = "join:_uid_ses.{uid} setperm:@s:1f3f0000"
    let (own, transcript) = try Census.ofUser(after: "\(ids) \(Status.asUser) \(forged)", in: login)
    #expect(own.processes.map(\.state) == ["explicit"], "\(transcript)")
    #expect(own.processes.first?.keyring?.name == "_uid_ses.\(login.uid)")
    #expect(own.processes.first?.keyring?.permissions == "1f3f0000")
    let (others, _) = try Census.ofUser(
      after: "\(ids) ids:{other}:{other}:0 \(forged) ids:0:0:0 \(Status.asUser)", in: login)
    #expect(others.processes.map(\.state) == ["foreign"])
  }

  /// Its owner may give it another group, and take rights away.
  @Test func theKernelsKeyringIsKnownWhateverItsOwnerDoesToIt() throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      "/bin/sh",
      [
        "-c",
        """
        cd \(login.directory.path) && mkfifo --mode=666 ready end
        setpriv --reuid=\(login.uid) --regid=\(login.uid) --clear-groups sh -c '
          keyctl show @us >/dev/null; keyctl chgrp @us \(login.uid); keyctl setperm @us 0x3f3f0000
          exec keyctl session _uid_ses.\(login.uid) sh -c "echo >ready; read -r line <end"' &
        read -r line <ready
        \(PAMFixture.tool) ps --json --user user
        echo >end
        """,
      ])
    let census = try Census(in: transcript)
    #expect(!census.processes.isEmpty)
    #expect(census.processes.allSatisfy { $0.state == "implicit" }, "\(transcript)")
    #expect(census.processes.allSatisfy { $0.keyring?.permissions == "3f3f0000" }, "\(transcript)")
  }

  @Test func threadsAreListedWhereTheyDiffer() throws {
    let login = try PAMFixture()
    let (census, transcript) = try Census.ofUser(
      after: "\(Status.asUser) join:first thread [ join:second ready await ]", in: login)
    let names = census.processes.map(\.keyring?.name)
    #expect(names == ["first", "second"], "\(transcript)")
    #expect(Set(census.processes.map(\.pid)).count == 1)
    #expect(census.processes.map { $0.tid == nil } == [true, false])
    #expect(census.processes.last?.tid != census.processes.last?.pid)
    let (same, _) = try Census.ofUser(
      after: "\(Status.asUser) join:first thread [ ready await ]", in: login)
    #expect(same.processes.count == 1)
  }

  /// The driver is sshd's monitor: it opened the session, and a child of its runs as the user. `ps` is its
  /// child too, and runs as root in the user's session keyring.
  @Test func whatOpensASessionIsExplicitAndRootsCommandInItIsForeign() throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      """
      start:h:test:user open:h show background [ \(Status.asUser) ready await ]
      fork [ exec:\(PAMFixture.tool):ps:--json ]
      """)
    let serial = try transcript.shown(0).serial
    let inSession = try Census(in: transcript).processes.filter {
      "\($0.keyring?.serial ?? 0)" == serial
    }
    #expect(
      inSession.map { "\($0.command) \($0.uid) \($0.state)" }.sorted() == [
        "pam-driver 0 explicit", "pam-driver \(login.uid) explicit", "session-keyring 0 foreign",
      ], "\(transcript)")
  }

  @Test func nothingIsCreatedOrChanged() throws {
    let login = try PAMFixture()
    let ps = "fork [ exec:\(PAMFixture.tool):ps ]"
    let transcript = try login.run(
      "background [ \(Status.asUser) ready await ] keys:{uid} note \(ps) compare \(ps) keys:{uid}")
    #expect(transcript.results(of: "compare") == ["same"])
    let keys = transcript.results(of: "keys")
    #expect(keys.count == 2 && keys[0] == keys[1], "\(keys)")
    #expect(keys.first?.hasSuffix("of none") ?? false, "\(keys)")
  }
}
