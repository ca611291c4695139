// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Callers, quotas, sandboxes and arguments of every kind, with both modules side by side.
struct HardshipTests {
  @Test func callersComeBackAsTheyWere() throws {
    let callers =
      Array(Callers.able.values) + Array(Callers.refused.values)
      + Callers.inNamespaces.values.map { "\($0.0) \($0.1) dumpable:1" }
    let figures = try compare("callers of every kind") { subject in
      var (sessions, changed, changedInSuccess, foreign) = (0, 0, 0, 0)
      for caller in callers {
        for arguments in ["force", "force revoke"] {
          let login = try Login(arguments, module: subject.path)
          let transcript = try login.run(
            "start:h:test:user join setperm:@s:3f3f3f3f \(caller) note open:h owner:user close:h compare",
            within: 20)
          let isSame = transcript.results(of: "compare") == ["same"]
          let isSuccess = transcript.results(of: "open") == ["PAM_SUCCESS"]
          sessions += transcript.results(of: "open").count
          changed += isSame ? 0 : 1
          changedInSuccess += isSuccess && !isSame ? 1 : 0
          foreign += isSuccess && transcript.results(of: "owner") != ["right"] ? 1 : 0
        }
      }
      return [
        "sessions": sessions, "callers left changed": changed,
        "of these under PAM_SUCCESS": changedInSuccess,
        "keyring not the user's under PAM_SUCCESS": foreign,
      ]
    }
    #expect(figures["sessions"] == 2 * callers.count)
    #expect(figures["callers left changed"] == 0)
    #expect(figures["keyring not the user's under PAM_SUCCESS"] == 0)
  }

  @Test func quotaNeverCostsTheSessionItsKeyring() throws {
    let figures = try compare("key quota full or nearly") { subject in
      var (sessions, failed, shared, silent) = (0, 0, 0, 0)
      for full in Quota.full + (1...9).map({ "fill:\($0)" }) {
        for before in Quota.keyrings {
          let login = try Login("force", module: subject.path)
          let transcript = try login.run(
            """
            ids:{uid}:0:0:{uid} \(full) ids:0:0:0:0 \(before) note
            start:h:test:user open:h show compare
            """, within: 20)
          let isSuccess = transcript.results(of: "open") == ["PAM_SUCCESS"]
          let session = transcript.shown.last
          let isComplete = session?.name == "_ses" && session?.links.count == 2
          sessions += 1
          failed += isSuccess ? 0 : 1
          shared += session?.name == "_ses" ? 0 : 1
          let isUsers = session?.uid == "\(login.uid)"
          silent += !(isSuccess && isComplete && isUsers) && transcript.log.count != 1 ? 1 : 0
        }
      }
      return [
        "sessions": sessions, "failed": failed, "without a private keyring": shared,
        "lacking something and not logged once": silent,
      ]
    }
    #expect(figures["sessions"] == 33)
    #expect(figures["failed"] == 0)
    #expect(figures["without a private keyring"] == 0)
    #expect(figures["lacking something and not logged once"] == 0)
  }

  @Test func sandboxesAndDamagedKeyringsLetTheLoginGoOn() throws {
    let hardships = [
      "seccomp:38", "seccomp:1", "fork [ ids:{uid}:{uid}:{uid} revoke:@us ]",
      "fork [ ids:{uid}:{uid}:{uid} setperm:@us:00210000 ]",
    ]
    let figures = try compare("keyctl forbidden, @us revoked or without permissions") { subject in
      var (sessions, failed, changed, silent) = (0, 0, 0, 0)
      for hardship in hardships {
        for arguments in ["force", "force revoke"] {
          let login = try Login(arguments, module: subject.path)
          let transcript = try login.run(
            "start:h:test:user \(hardship) note open:h compare", within: 20)
          sessions += 1
          failed += transcript.results(of: "open") == ["PAM_SUCCESS"] ? 0 : 1
          changed += transcript.results(of: "compare") == ["same"] ? 0 : 1
          // Where keyctl is forbidden, as in containers, each session would have a line.
          silent += transcript.log.count == (hardship.hasPrefix("seccomp") ? 0 : 1) ? 0 : 1
        }
      }
      return [
        "sessions": sessions, "failed": failed, "callers left changed": changed,
        "logged too little or too much": silent,
      ]
    }
    #expect(figures["sessions"] == 8)
    #expect(figures["failed"] == 0)
    #expect(figures["callers left changed"] == 0)
    #expect(figures["logged too little or too much"] == 0)
  }

  @Test func badArgumentsLetTheLoginGoOn() throws {
    let figures = try compare("bad arguments") { subject in
      var (given, failed, crashed, lines) = (0, 0, 0, 0)
      for vector in BadArguments.vectors.values {
        let login = try BadArguments.login(vector, module: subject.path)
        let transcript = try login.run("start:h:relay:user open:h close:h end:h", within: 20)
        given += vector.count
        failed += transcript.results(of: "open") == ["PAM_SUCCESS"] ? 0 : 1
        crashed += transcript.exitStatus == 0 ? 0 : 1
        lines += transcript.log.count
      }
      return [
        "given": given, "logins failed": failed, "crashes": crashed, "logged": lines,
      ]
    }
    #expect(figures["logins failed"] == 0)
    #expect(figures["crashes"] == 0)
    #expect(figures["logged"] == figures["given"])
  }
}
