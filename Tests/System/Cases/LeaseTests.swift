// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// What the tests make as root is out of other users' reach, and of other runs'.
struct LeaseTests {
  /// The files of logins to come are guessed by their numbers, and services put there beforehand.
  @Test func nobodyPlantsAServiceForALoginToCome() throws {
    let login = try PAMFixture()
    let path = login.directory.path
    try #require(path.hasSuffix("\(login.uid)"))
    let attack = """
      next=\(login.uid)
      while [ $((next += 1)) -lt \(login.uid + 500) ]; do
        mkdir "\(path.dropLast("\(login.uid)".count))$next" &&
          echo 'session required /tmp/of-mine.so' >"\(path.dropLast("\(login.uid)".count))$next/test"
      done
      echo 'session required /tmp/of-mine.so' >>"\(path)/test" && echo replaced
      rm -rf "\(path)" "\(PAMFixture.module)" && echo removed
      """
    let user = "\(login.otherUID)"
    let planted = try login.run(
      "/usr/bin/setpriv",
      [
        "--reuid", user, "--regid", user, "--clear-groups", "sh", "-c",
        "{ \(attack); } 2>/dev/null",
      ]
    )
    #expect(planted.description == "")
    for _ in 0..<20 {
      let login = try PAMFixture("debug")
      let files = try FileManager.default.attributesOfItem(atPath: login.directory.path)
      #expect(files[.ownerAccountID] as? Int == 0)
      let transcript = try login.run("start:h:test:user open:h")
      #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    }
  }

  /// Or they could be exchanged. The sticky bit of /tmp keeps others from it.
  @Test(arguments: [PAMFixture.module, PAMFixture.driver, PAMFixture.tool])
  func onlyRootWritesOnTheWayTo(file: String) throws {
    var path = file
    while path != "/" {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let permissions = try #require(attributes[.posixPermissions] as? Int)
      #expect(attributes[.ownerAccountID] as? Int == 0, "\(path)")
      #expect(permissions & 0o022 == 0 || permissions & 0o1000 != 0, "\(path)")
      path = (path as NSString).deletingLastPathComponent
    }
  }

  private func lease(_ script: String, temporaryDirectory: String = "/tmp") throws -> Transcript {
    try PAMFixture().run(
      "/bin/sh", ["-ec", script, PAMFixture.root.appending(path: "Tests/lease.sh").path],
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TMPDIR": temporaryDirectory])
  }

  @Test func runsAtOnceHaveUidsOfTheirOwn() throws {
    let transcript = try lease(
      #". "$0"; echo "uid $uid"; sh -ec '. "$0"; echo "uid $uid"' "$0"; echo "uid $uid""#)
    let uids = transcript.results(of: "uid")
    #expect(uids.count == 3 && uids.first == uids.last)
    #expect(Set(uids).count == 2)
  }

  @Test func nothingIsLeftWhenALeaseEnds() throws {
    let transcript = try lease(
      #"""
      lease=$(
        . "$0"
        as "$uid" keyctl add user key secret @u >&2
        as "$uid" keyctl session - keyctl get_persistent @s >&2
        echo "$uid $work"
      )
      uid=${lease% *} work=${lease#* }
      # The kernel collects keys a little later.
      for try in 1 2 3 4 5 6 7 8 9 10; do grep -q "^ *$uid:" /proc/key-users && sleep 0.1; done
      echo "keys $(grep -c "^ *$uid:" /proc/key-users)"
      [ -e "$work" ] || echo "directory gone"
      """#)
    #expect(transcript.results(of: "keys") == ["0"])
    #expect(transcript.results(of: "directory") == ["gone"])
  }

  @Test func aDirectoryThatOthersWriteIsRefused() throws {
    let login = try PAMFixture()
    let open = login.directory.appending(path: "open").path
    try FileManager.default.createDirectory(
      atPath: open, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: open)
    let transcript = try lease(#". "$0"; echo "work $work""#, temporaryDirectory: open)
    #expect(transcript.results(of: "work") == [])
    #expect(transcript.description.contains("others can exchange files in \(open)"))
  }
}
