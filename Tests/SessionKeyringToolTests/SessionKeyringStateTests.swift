// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import Testing

@testable import SessionKeyringTool

struct SessionKeyringStateTests {
  private static let serial = KeySerial(rawValue: 7)

  private static func keyring(_ text: String) throws -> KeyDescription {
    try #require(KeyDescription(Array("keyring;\(text)".utf8)))
  }

  /// The keyring that a look found, what joining `@us` by its name brought, and what user 1000 is told.
  @Test(
    arguments: [
      ("1000;1000;3f030000;_ses", nil, "explicit: a session keyring of its own"),
      ("1000;1000;3f130000;work", nil, "explicit: a session keyring of its own"),
      ("0;0;3f030000;_ses", nil, "explicit: a session keyring of user 0's"),
      ("1000;65534;1f3f0000;_uid_ses.1000", 0, "implicit: the user session keyring, which all"),
      ("1000;-1;1f3f0000;_uid_ses.1000", nil, "implicit: the user session keyring, which all"),
      ("1000;65534;1f3f0000;_uid_ses.1000", 8, "implicit: the user session keyring, which all"),
      ("1000;65534;1f3f0000;_uid_ses.1000", 7, "none: the kernel falls back to"),
      ("0;65534;1f3f0000;_uid_ses.0", nil, "implicit: the user session keyring of user 0"),
      ("1000;65534;1f3f0000;_uid.1000", 7, "implicit: the user keyring, which all"),
      ("0;65534;1f3f0000;_uid.0", nil, "implicit: the user keyring of user 0"),
      ("1000;1000;3f130000;_uid_ses.1000", 7, "broken: a keyring of user 1000's by the name of"),
      ("66;66;3f130000;_uid.0", nil, "broken: a keyring of user 66's by the name of user 0's"),
      ("1000;65534;3f030000;_persistent.1000", nil, "explicit: a session keyring of its own"),
    ] as [(String, Int32?, String)])
  func isWhatTheKeyringIs(keyring: String, joined: Int32?, summary: String) throws {
    let state = SessionKeyringState(
      Self.serial, try Self.keyring(keyring), user: 1000,
      joined: joined.map(KeySerial.init(rawValue:)))
    let text = state.summary(for: 1000) { "user \($0)" }
    #expect(text.hasPrefix(summary), "\(text)")
  }

  @Test func isBrokenByWhatTheKernelHasAgainstIt() throws {
    for errno in [Errno.keyRevoked, .keyExpired, .permissionDenied] {
      #expect(try SessionKeyringState(errno) == .broken(errno))
    }
    #expect(try SessionKeyringState(Errno.noSuchKey) == .none(fallback: nil))
  }

  @Test(arguments: [Errno.notImplemented, .notPermitted, .quotaExceeded])
  func cannotBeToldWhereTheCallItselfFails(errno: Errno) {
    #expect(throws: Unavailable("cannot look at the session keyring", errno)) {
      try SessionKeyringState(errno)
    }
  }

  /// The kernel would make a fake otherwise.
  @Test(
    arguments: [
      ("1000;65534;1f3f0000;_uid_ses.1000", 1000, true),
      ("1000;65534;1f3f0000;_uid_ses.1000", 0, false),
      ("1000;65534;1f370000;_uid_ses.1000", 1000, false),
      ("0;65534;1f3f0000;_uid_ses.1000", 1000, false),
      ("1000;1000;3f3f0000;_uid_ses.1000", 1000, false),
      ("1000;65534;1f3f0000;_uid.1000", 1000, false),
      ("0;65534;1f3f0000;_uid_ses.0", 1000, false),
    ] as [(String, UInt32, Bool)])
  func userSessionKeyringIsJoinedOnlyWhereItIsFound(
    keyring: String, fileSystemUser: UInt32, isJoined: Bool
  ) throws {
    #expect(
      SessionKeyringState.canJoin(
        try Self.keyring(keyring), user: 1000, fileSystemUser: fileSystemUser) == isJoined)
  }
}
