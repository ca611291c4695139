// SPDX-License-Identifier: BSD-3-Clause

import KeyInspection
import Testing

@testable import ProcessCensus

/// A keyring of user 1000 with the name `_ses`, as the kernel creates it, but for what is said.
func keyring(
  _ serial: Int32 = 7, of user: UInt32 = 1000, group: UInt32 = 1000,
  permissions: UInt32 = 0x3f03_0000,
  name: String = "_ses", flags: UInt64 = 0, expiry: Int64 = .max
) -> CensusKeyring {
  CensusKeyring(
    serial: serial, user: user, group: group, permissions: KeyPermissions(rawValue: permissions),
    name: Array(name.utf8), flags: flags, expiry: expiry)
}

/// The state of a process of user 1000, at second 100.
struct KeyringStateTests {
  @Test(
    arguments: [
      (nil, .none),
      (keyring(), .explicit),
      (keyring(group: 7, permissions: 0x3f13_0000, name: "login"), .explicit),
      (keyring(of: 0), .foreign),
      (keyring(of: 0, permissions: 0x3f13_0000), .foreign),
      (keyring(of: 1001), .foreign),
      // The user's quota was full.
      (keyring(of: 0, permissions: 0x3f00_0000), .explicit),
      (keyring(of: 1001, permissions: 0x3f00_0000), .foreign),
      // The kernel's own have a flag that nobody can set, and no group.
      (keyring(group: .max, name: "_uid_ses.1000", flags: 1 << 9), .implicit),
      (keyring(of: 0, group: .max, name: "_uid_ses.0", flags: 1 << 9), .implicit),
      (keyring(group: .max, name: "_uid.1000", flags: 1 << 9), .implicit),
      (keyring(group: 1000, name: "_uid_ses.1000", flags: 1 << 9), .implicit),
      (keyring(group: .max, name: "_uid_ses.1000"), .implicit),
      // In a user namespace the number in the name is another than the uid.
      (keyring(group: .max, name: "_uid_ses.0", flags: 1 << 9), .implicit),
      // What was joined by such a name is what its owner makes it.
      (keyring(permissions: 0x1f3f_0000, name: "_uid_ses.1000"), .explicit),
      (keyring(group: 65_534, permissions: 0x1f3f_0000, name: "_uid_ses.1000"), .explicit),
      (keyring(of: 1001, group: 65_534, permissions: 0x1f3f_0000, name: "_uid_ses.1000"), .foreign),
      (keyring(name: "_uid"), .explicit),
      // In which nothing is found.
      (keyring(flags: 1 << 0), .revoked),
      (keyring(flags: 1 << 1, expiry: 99), .revoked),
      (keyring(of: 0, flags: 1 << 1), .revoked),
      (keyring(flags: 1 << 5), .revoked),
      (keyring(group: .max, name: "_uid_ses.1000", flags: 1 << 9 | 1 << 1), .revoked),
      (keyring(expiry: 100), .expired),
      (keyring(of: 0, expiry: 99), .expired),
      (keyring(expiry: 101), .explicit),
      // "Never", before Linux 6.7.
      (keyring(expiry: 0), .explicit),
      // In its owner's quota, and looked up by root.
      (keyring(flags: 1 << 2 | 1 << 4 | 1 << 8 | 1 << 10), .explicit),
    ] as [(CensusKeyring?, KeyringState)])
  func isDecidedByWhatTheKernelHas(keyring: CensusKeyring?, state: KeyringState) {
    #expect(KeyringState(of: keyring, user: 1000, opensSession: false, at: 100) == state)
  }

  @Test(
    arguments: [
      (nil, .none), (keyring(), .explicit), (keyring(of: 0), .explicit),
      (keyring(flags: 2), .revoked),
      (keyring(group: .max, name: "_uid_ses.1000"), .implicit),
    ] as [(CensusKeyring?, KeyringState)])
  func ofWhatOpenedASessionTheUsersIsExplicit(keyring: CensusKeyring?, state: KeyringState) {
    #expect(KeyringState(of: keyring, user: 0, opensSession: true, at: 100) == state)
  }

  @Test func rootsOwnIsExplicitForRootWhateverItsPermissions() {
    for permissions: UInt32 in [0x3f03_0000, 0x3f00_0000] {
      let own = keyring(of: 0, permissions: permissions)
      #expect(KeyringState(of: own, user: 0, opensSession: false, at: 100) == .explicit)
    }
  }

  @Test func concernGrows() {
    #expect(
      KeyringState.allCases.sorted() == [
        .explicit, .expired, .revoked, .none, .implicit, .foreign,
      ])
  }

  @Test func aNameOfTheKernelsThatAnybodyJoinedIsAnImpostors() {
    #expect(keyring(group: 65_534, name: "_uid_ses.0").isImpostor)
    #expect(!keyring(group: 65_534, name: "_uid_ses.0", flags: 1 << 9).isImpostor)
    #expect(!keyring().isImpostor)
  }
}
