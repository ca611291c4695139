// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// What a handle knows is its own.
struct HandleTests {
  @Test func twoHandlesOfOneProcessAreTwoSessions() throws {
    let login = try PAMFixture("force revoke")
    let transcript = try login.run(
      """
      start:a:test:user start:b:test:other
      open:a show remember:@s open:b show close:b show close:a
      """)
    #expect(transcript.results(of: "open") == ["PAM_SUCCESS", "PAM_SUCCESS"])
    #expect(transcript.shown.map(\.uid) == ["\(login.uid)", "\(login.otherUID)", ""])
    try #expect(transcript.shown(2).error == "EKEYREVOKED")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS", "PAM_SUCCESS"])
  }

  @Test func eachOfTwoHandlesRevokesItsOwnKeyring() throws {
    let login = try PAMFixture("force revoke")
    let transcript = try login.run(
      """
      start:a:test:user start:b:test:other
      thread [ open:a show thread [ open:b show close:b show ] show close:a show ] show
      """)
    #expect(
      transcript.shown.map(\.uid) == [
        "\(login.uid)", "\(login.otherUID)", "", "\(login.uid)", "", "0",
      ])
    try #expect(transcript.shown(2).error == "EKEYREVOKED")
    try #expect(transcript.shown(4).error == "EKEYREVOKED")
  }

  @Test func handleThatChangesItsUserChangesTheKeyring() throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      "start:h:test:user open:h show user:h:other open:h show")
    #expect(transcript.shown.map(\.uid) == ["\(login.uid)", "\(login.otherUID)"])
  }
}
