// SPDX-License-Identifier: BSD-3-Clause

import KeyInspection
import LinuxKeyrings
import Testing

@testable import SessionKeyringTool

struct StatusWordingTests {
  private static let serial = KeySerial(rawValue: 7)

  private static func keyring(of user: UInt32) throws -> KeyDescription {
    try #require(KeyDescription(Array("keyring;\(user);0;3f030000;_ses".utf8)))
  }

  private func summary(_ state: SessionKeyringState) -> String {
    StatusWording.summary(of: state, for: 1000) { "user \($0)" }
  }

  @Test func summaryNamesAnotherUser() throws {
    let (own, root) = (try Self.keyring(of: 1000), try Self.keyring(of: 0))
    #expect(summary(.explicit(Self.serial, own)) == "explicit: session keyring owned by this user")
    #expect(summary(.explicit(Self.serial, root)) == "explicit: session keyring owned by user 0")
    #expect(
      summary(.implicit(Self.serial, own, .userSession, user: 1000))
        == "implicit: the user session keyring, shared by all processes of this user")
    #expect(
      summary(.implicit(Self.serial, root, .user, user: 0))
        == "implicit: the user keyring of user 0")
    #expect(
      summary(.impostor(Self.serial, own, .user, user: 0))
        == "broken: session keyring owned by user 1000, but named like the user keyring of user 0"
    )
  }

  @Test func summaryIsOneWordThenASentence() throws {
    let own = try Self.keyring(of: 1000)
    let states: [(SessionKeyringState, String)] = [
      (.none(fallback: nil), "none"), (.none(fallback: Self.serial), "none"),
      (.unusable(.keyRevoked), "revoked"), (.unusable(.keyExpired), "expired"),
      (.unusable(.permissionDenied), "broken"), (.explicit(Self.serial, own), "explicit"),
    ]
    for (state, word) in states { #expect(summary(state).hasPrefix("\(word): "), "\(state)") }
  }

  @Test func errorsNameWhatFailed() {
    #expect(
      "\(InspectionError.notAvailable(.notImplemented))"
        == "kernel keyrings not available: Function not implemented")
    #expect("\(InspectionError.masked("/proc/keys"))".hasPrefix("/proc/keys is masked"))
  }
}
