// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Keyrings that cannot be linked: the session opens without them.
struct UnlinkableTests {
  static let unusable = [
    "fork [ ids:{uid}:{uid}:{uid} revoke:@us ]": (
      [],
      "ERR cannot link the user session keyring (@us) and the user keyring (@u), ignoring: ENOKEY"
    ),
    "fork [ ids:{uid}:{uid}:{uid} setperm:@us:00210000 ]": (
      [],
      "ERR cannot link the user session keyring (@us) and the user keyring (@u), ignoring: ENOKEY"
    ),
    "fork [ ids:{uid}:{uid}:{uid} setperm:@us:0f2f0000 ]": (
      ["_uid.{uid}"], "ERR cannot link the user session keyring (@us), ignoring: EACCES"
    ),
    "fork [ ids:{uid}:{uid}:{uid} setperm:@u:0f2f0000 ]": (
      ["_uid_ses.{uid}"], "ERR cannot link the user keyring (@u), ignoring: EACCES"
    ),
  ]

  @Test(arguments: unusable.keys)
  func userKeyringThatCannotBeLinkedIsLeftOut(damage: String) throws {
    let (links, line) = try #require(Self.unusable[damage])
    let login = try PAMFixture()
    let transcript = try login.run("\(damage) start:h:test:user open:h show")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    try #expect(transcript.shown(0).uid == "\(login.uid)")
    try #expect(
      transcript.shown(0).links.filter { $0 != "?" }
        == links.map { $0.replacing("{uid}", with: "\(login.uid)") })
    #expect(transcript.log.count == 1)
    #expect(transcript.log.first?.hasPrefix(line) == true)
  }

  /// What a user does to a keyring of their own must not keep them out.
  @Test(arguments: ["restrict:@s": "EPERM", "setperm:@s:0b3f0000": "EACCES"])
  func adoptedKeyringThatTakesNoLinksIsStillAdopted(
    damage: (key: String, value: String)
  ) throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      "ids:{uid}:0:0:{uid} join \(damage.key) ids:0:0:0:0 show start:h:test:user open:h show")
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    #expect(try transcript.shown(1) == transcript.shown(0))
    let serial = try transcript.shown(0).serial
    #expect(
      transcript.log == [
        "ERR cannot link the user session keyring (@us) and the user keyring (@u), ignoring: \(damage.value) (uid \(login.uid), keyring \(serial))"
      ])
  }

  @Test func linkThatWouldCloseACycleIsLeftOut() throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      """
      ids:{uid}:0:0:{uid} join link:@s:@us ids:0:0:0:0 start:h:test:user open:h show
      """)
    #expect(transcript.results(of: "link") == ["ok"])
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS"])
    try #expect(transcript.shown(0).links == ["_uid.\(login.uid)"])
    #expect(transcript.log.count == 1)
    #expect(
      transcript.log.first?.hasPrefix(
        "ERR cannot link the user session keyring (@us), ignoring: EDEADLK") == true)
  }
}
