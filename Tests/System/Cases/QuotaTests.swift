// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// A user whose key quota is full logs in all the same, and never to a login half made.
struct QuotaTests {
  @Test(arguments: Comparison.fillings, ["force", "force join=full"])
  func fullQuotaIsMadeUpForByTheCallers(full: String, arguments: String) throws {
    for daemon in Comparison.daemons {
      let session = try Comparison.quota(full, daemon, arguments).session()
      #expect(session.transcript.results(of: full) == ["ok"])
      #expect(session.isOpened && session.callerIsSame)
      #expect(session.isPrivate && session.linksBoth)
      // The kernel gives a thread that has none a keyring beyond the quota.
      if daemon.isEmpty, session.isUsers {
        #expect(session.log.isEmpty)
      } else {
        #expect(session.keyring?.uid == "0")
        #expect(session.log.count == 1)
        #expect(
          session.log.first?.hasPrefix(
            "NOTICE user's key quota exceeded (kernel.keys.maxkeys, maxbytes), charging root instead: EDQUOT"
          ) == true)
      }
    }
  }

  @Test func keyringOnTheCallersQuotaIsRevokedToo() throws {
    let transcript = try PAMFixture("force revoke").run(
      "ids:{uid}:0:0:{uid} fill ids:0:0:0:0 join start:h:test:user open:h close:h show")
    #expect(transcript.shown.last?.error == "EKEYREVOKED")
  }

  @Test func adoptedKeyringStaysWhenTheQuotaIsFull() throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} join add:@s:mine fill ids:0:0:0:0 show
      start:h:test:user open:h find:mine show
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "find") == ["ok"])
    #expect(try transcript.shown(1) == transcript.shown(0))
    #expect(transcript.log.count == 1)
    #expect(transcript.log.first?.hasPrefix("NOTICE user's key quota exceeded") == true)
  }

  @Test func quotaThatFreesItselfIsUsed() throws {
    let login = try PAMFixture("force")
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} fill ids:0:0:0:0 join start:h:test:user
      background [ ready sleep:20 ids:{uid}:0:0:{uid} clear:@u ] open:h show
      """)
    try #expect(transcript.shown(0).uid == "\(login.uid)")
    #expect(transcript.log.isEmpty)
  }

  @Test func unprivilegedCallerHasNoOtherQuota() throws {
    let login = try PAMFixture("force")
    let transcript = try login.run(
      "start:h:test:user groups gids:{uid}:{uid}:{uid} ids:{uid}:{uid}:{uid} join fill open:h")
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    #expect(
      transcript.log.map { String($0.prefix(41)) } == ["ERR cannot join a session keyring: EDQUOT"])
  }

  @Test(arguments: 1...16, Comparison.daemons)
  func quotaThatIsNearlyFullLeavesNoHalfMadeLogin(bytesFree: Int, before: String) throws {
    let login = try PAMFixture("force")
    let transcript = try login.run(
      "ids:{uid}:0:0:{uid} fill:\(bytesFree) ids:0:0:0:0 \(before) start:h:test:user open:h show")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.shown.last?.name == "_ses")
    #expect(
      transcript.shown.last?.links == ["_uid.\(login.uid)", "_uid_ses.\(login.uid)"])
    let isUsers = transcript.shown.last?.uid == "\(login.uid)"
    #expect(
      transcript.log.count == (isUsers ? 0 : 1), "the caller's quota is used and logged, or not")
  }

  @Test func halfMadeLoginIsNotTakenForAWholeOne() throws {
    let login = try PAMFixture("force revoke")
    let transcript = try login.run(
      """
      start:h:test:user groups gids:{uid}:{uid}:{uid} ids:{uid}:{uid}:{uid} join fill:5
      cred:h:establish open:h close:h show
      """)
    #expect(transcript.results(of: "cred") == ["PAM_CRED_ERR"])
    #expect(transcript.results(of: "open") == ["PAM_SESSION_ERR"])
    #expect(transcript.log.count == 2)
    #expect(transcript.shown.last?.error == "EKEYREVOKED", "what was made is revoked all the same")
  }

  @Test func halfMadeLoginIsTakenUpWhereItStopped() throws {
    let login = try PAMFixture("revoke")
    let transcript = try login.run(
      """
      start:h:test:user groups gids:{uid}:{uid}:{uid} ids:{uid}:{uid}:{uid}
      fork [ ] ids:{uid}:{uid}:{uid} show fill:5 cred:h:establish show
      clear:@u settle:{uid} open:h show close:h show
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(
      transcript.shown.dropLast().last?.links == ["_uid.\(login.uid)", "_uid_ses.\(login.uid)"])
    #expect(transcript.shown.last?.error == "EKEYREVOKED")
  }

  /// The owner of a keyring has rights on it, and can adopt it: so it is never a third user.
  @Test(arguments: ["ids:{other}:0:0", "ids:1:0:0", ""])
  func keyringBeyondTheQuotaIsRootsAndThePossessorsAlone(caller: String) throws {
    let login = try PAMFixture("force")
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} fill ids:0:0:0:0 \(caller) join note
      start:h:test:user open:h compare show
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(transcript.results(of: "compare") == ["same"])
    let session = try transcript.lastShown()
    #expect(session.uid == "0" && session.permissions == "3f000000")
    #expect(session.links == ["_uid.\(login.uid)", "_uid_ses.\(login.uid)"])
  }

  /// In a container root's quota is no larger than anybody's: /proc/key-users says how much is left.
  @Test(arguments: [
    ("    0:    10 9/9 150/200 40/20000", "PAM_SUCCESS"),
    ("    0:    10 9/9 151/200 40/20000", "PAM_SESSION_ERR"), ("", "PAM_SESSION_ERR"),
  ])
  func rootKeepsFiftyKeys(row: String, result: String) throws {
    let login = try PAMFixture("force")
    let steps = "ids:{uid}:0:0:{uid} fill ids:0:0:0:0 join start:h:test:user open:h"
    let transcript = try login.run(steps, withKeyUsers: row)
    #expect(transcript.results(of: "open") == [result])
    let line =
      result == "PAM_SUCCESS"
      ? "NOTICE user's key quota exceeded (kernel.keys.maxkeys, maxbytes), charging root instead: EDQUOT"
      : "ERR cannot join a session keyring: EDQUOT"
    #expect(transcript.log.count == 1 && transcript.log.first?.hasPrefix(line) == true)
  }
}
