// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemHarness
import Testing

/// Whatever happens, the caller comes back as it was, and no other thread sees anything else.
struct IdentityTests {
  @Test(
    arguments: Callers.able.keys,
    ["", "force revoke", "join=named link=persistent,user", "inherit"])
  func callerComesBackAsItWas(caller: String, arguments: String) throws {
    let session = try Comparison.caller(#require(Callers.able[caller]), arguments).session()
    #expect(session.isOpened && session.isClosed)
    #expect(session.callerIsSame)
    #expect(session.keyring?.uid == "\(session.uid)")
  }

  @Test(arguments: Callers.refused.keys, ["", "force", "join=named"])
  func whoMayNotActChangesNothing(caller: String, arguments: String) throws {
    let login = try PAMFixture(arguments)
    let transcript = try login.run(
      """
      start:h:test:user join setperm:@s:3f3f3f3f show \(#require(Callers.refused[caller])) dumpable:1
      note open:h compare show cred:h:establish compare
      """)
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    #expect(transcript.results(of: "cred") == ["PAM_CRED_ERR"])
    #expect(transcript.results(of: "compare") == ["same", "same"])
    #expect(try transcript.shown(1) == transcript.shown(0))
    #expect(
      transcript.log.allSatisfy {
        $0.hasPrefix("ERR cannot switch to the user's uid: ")
          && $0.hasSuffix(" (uid \(login.uid), keyring 0)")
      })
    #expect(transcript.log.count == 2)
  }

  @Test(arguments: Callers.inNamespaces.keys, ["", "force revoke", "join=namespace"])
  func callerInAUserNamespaceComesBackAsItWas(caller: String, arguments: String) throws {
    let (before, namespace, isRefused) = try #require(Callers.inNamespaces[caller])
    let login = try PAMFixture(arguments)
    let transcript = try login.run(
      """
      start:h:test:user join \(before) \(namespace) dumpable:1 note open:h compare show
      """)
    #expect(transcript.results(of: "userns") == ["ok"])
    #expect(transcript.results(of: "compare") == ["same"])
    if isRefused {
      #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
      #expect(transcript.log.count == 1)
      #expect(transcript.log.first?.hasPrefix("ERR cannot switch to the user's uid: ") == true)
    } else {
      #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
      try #expect(transcript.shown(0).uid == "\(login.uid)")
      #expect(transcript.log.isEmpty)
    }
  }

  @Test func capabilitiesAreNotLostOnTheWayBackFromRoot() throws {
    let transcript = try PAMFixture().run(
      """
      start:h:test:root join keepcaps:1 ids:{other}:{other}:{other} raise
      note open:h compare
      """)
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    #expect(transcript.results(of: "compare") == ["same"])
  }

  @Test(arguments: ["user", "root", "missing"], ["", "force revoke", "join=named", "wrong"])
  func errnoIsLeftAsItWas(user: String, arguments: String) throws {
    let login = try PAMFixture(
      services: [
        "witnessed": """
        session required {witness} set
        session optional {module} \(arguments)
        session required {witness} tell

        """
      ])
    let transcript = try login.run("start:h:witnessed:\(user) open:h close:h")
    #expect(transcript.results(of: "errno") == ["kept", "kept"])
  }

  @Test(arguments: ["force revoke", "force join=named"])
  func otherThreadsSeeNoOtherIdentity(arguments: String) throws {
    let rounds = String(repeating: "open:h close:h ", count: 300)
    let transcript = try PAMFixture(arguments).run(
      "start:h:test:user bystander:start \(rounds) bystander:stop")
    #expect(transcript.looks.count > 100)
    #expect(transcript.looks.foreign == 0)
  }

  /// The dumpable flag is the process's: threads that change it at once must not mix it up.
  /// Another thread may have switched users meanwhile: what the kernel cleared for it stays cleared.
  @Test(arguments: [0, 1])
  func threadsLeaveTheDumpableFlagCleared(flag: Int) throws {
    let rounds = String(repeating: "open:{n} close:{n} ", count: 60)
    let transcript = try PAMFixture("force join=threads").run(
      "dumpable:\(flag) thread [ ] note threads:16 [ start:{n}:test:user \(rounds) end:{n} ] compare"
    )
    #expect(transcript.results(of: "open") == Array(repeating: "PAM_SUCCESS", count: 960))
    #expect(transcript.results(of: "compare") == [flag == 0 ? "same" : "dumpable: 1 -> 0"])
    #expect(transcript.log.isEmpty)
  }

  @Test func threadsOpenForTheirOwnUsers() throws {
    let login = try PAMFixture("force revoke")
    let rounds = String(
      repeating: "open:u{n} show close:u{n} open:o{n} show close:o{n} ", count: 20)
    let transcript = try login.run(
      "threads:16 [ start:u{n}:test:user start:o{n}:test:other \(rounds) end:u{n} end:o{n} ]")
    let owners = transcript.shown.map(\.uid)
    #expect(owners.count == 640)
    #expect(owners.filter { $0 == "\(login.uid)" }.count == 320)
    #expect(owners.filter { $0 == "\(login.otherUID)" }.count == 320)
    #expect(Set(transcript.shown.map(\.serial)).count == 640)
    #expect(transcript.results(of: "close").allSatisfy { $0 == "PAM_SUCCESS" })
  }

  @Test func otherThreadsKeepTheirSessionKeyring() throws {
    let transcript = try PAMFixture().run(
      "join show start:h:test:user thread [ open:h show ] show")
    #expect(try transcript.shown(1).serial != transcript.shown(0).serial)
    #expect(try transcript.shown(2) == transcript.shown(0))
  }

  @Test func nothingOfTheModuleStaysLoaded() throws {
    let transcript = try PAMFixture("revoke").run(
      "maps note start:h:test:user open:h maps close:h end:h maps compare")
    #expect(transcript.results(of: "maps") == ["unloaded", "loaded", "unloaded"])
    #expect(transcript.results(of: "compare") == ["same"])
  }

  /// In the pause for a full quota there is a cancellation point, usleep(3).
  @Test func aThreadIsNotCancelledInTheMiddle() throws {
    let login = try PAMFixture("force")
    let transcript = try login.run(
      "ids:{uid}:0:0:{uid} fill ids:0:0:0:0 start:h:test:user thread [ join cancelled-open:h ]")
    #expect(transcript.results(of: "cancelled-open").count == 1)
    #expect(transcript.log.map { $0.prefix(6) } == ["NOTICE"], "the call came to its end")
  }
}
