// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import Testing

@testable import KeyInspection

struct SessionKeyringStateTests {
  private static let serial = KeySerial(rawValue: 7)

  private static func keyring(_ text: String) throws -> KeyDescription {
    try #require(KeyDescription(Array("keyring;\(text)".utf8)))
  }

  private enum Kind: Equatable {
    case explicit
    case implicit(UserKeyring, UInt32), impostor(UserKeyring, UInt32)
    case none(Int32?)
    case unusable
  }

  private static func kind(_ state: SessionKeyringState) -> Kind {
    switch state {
    case .explicit: .explicit
    case .implicit(_, _, let keyring, let user): .implicit(keyring, user)
    case .impostor(_, _, let keyring, let user): .impostor(keyring, user)
    case .none(let fallback): .none(fallback?.rawValue)
    case .unusable: .unusable
    }
  }

  /// What `@s` resolved to for user 1000, and what joining `@us` by its name returned.
  private static let cases: [(keyring: String, joined: Int32?, kind: Kind)] = [
    ("1000;1000;3f030000;_ses", nil, .explicit),
    ("1000;1000;3f130000;work", nil, .explicit),
    ("0;0;3f030000;_ses", nil, .explicit),
    ("1000;65534;1f3f0000;_uid_ses.1000", 0, .implicit(.userSession, 1000)),
    ("1000;-1;1f3f0000;_uid_ses.1000", nil, .implicit(.userSession, 1000)),
    ("1000;65534;1f3f0000;_uid_ses.1000", 8, .implicit(.userSession, 1000)),
    ("1000;65534;1f3f0000;_uid_ses.1000", 7, .none(7)),
    ("0;65534;1f3f0000;_uid_ses.0", nil, .implicit(.userSession, 0)),
    ("1000;65534;1f3f0000;_uid.1000", 7, .implicit(.user, 1000)),
    ("0;65534;1f3f0000;_uid.0", nil, .implicit(.user, 0)),
    ("1000;1000;3f130000;_uid_ses.1000", 7, .impostor(.userSession, 1000)),
    ("66;66;3f130000;_uid.0", nil, .impostor(.user, 0)),
    ("1000;65534;3f030000;_persistent.1000", nil, .explicit),
  ]

  @Test(arguments: cases.indices)
  func isWhatTheKeyringIs(number: Int) throws {
    let (keyring, joined, kind) = Self.cases[number]
    let state = SessionKeyringState(
      Self.serial, try Self.keyring(keyring), user: 1000,
      joined: joined.map(KeySerial.init(rawValue:)))
    #expect(Self.kind(state) == kind, "\(state)")
  }

  @Test func isUnusableByTheError() throws {
    for errno in [Errno.keyRevoked, .keyExpired, .permissionDenied] {
      #expect(try SessionKeyringState(errno) == .unusable(errno))
    }
    #expect(try SessionKeyringState(Errno.noSuchKey) == .none(fallback: nil))
  }

  @Test(arguments: [Errno.notImplemented, .notPermitted, .quotaExceeded])
  func isNotKnownWhereTheCallItselfFails(errno: Errno) {
    #expect(throws: InspectionError.sessionKeyring(errno)) { try SessionKeyringState(errno) }
  }

  /// The kernel would create an impostor otherwise.
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
