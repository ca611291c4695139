// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import SessionKeyringTool

struct KnownKeyringTests {
  @Test(arguments: [
    ("3cb6af27 I--Q---     1 perm 3f030000  1000  1000 keyring   _ses: empty", "_ses"),
    ("3cb6af27 I--Q---     1 perm 3f030000  1000  1000 keyring   _ses: 12", "_ses"),
    ("3cb6af27 IR-Q---     1 expd 3f030000  1000  1000 keyring   _ses", "_ses"),
    ("3cb6af27 I--Q---     1   3d 3f030000  1000  1000 keyring   a b: c: 1", "a b: c"),
    ("3cb6af27 I--Q---     1 perm 3f030000  1000  1000 keyring   a: b", "a: b"),
  ])
  func isReadFromItsRow(row: String, name: String) throws {
    let keyring = try #require(KnownKeyring(row))
    #expect(keyring.name == name)
    #expect(keyring.owner == 1000)
    #expect(keyring.serial == 0x3cb6_af27)
  }

  @Test(arguments: [
    "", "3cb6af27", "3cb6af27 I--Q---     1 perm 3f010000  1000  1000 user      ticket: 5",
    "x I--Q--- 1 perm 3f030000 1000 1000 keyring _ses: empty",
  ])
  func isNothingElse(row: String) { #expect(KnownKeyring(row) == nil) }
}

struct KeyQuotaTests {
  private func quota(_ rows: [String]) -> KeyQuota {
    KeyQuota(of: 1000, rows: rows, mostKeys: 200, mostBytes: 20_000)
  }

  @Test func isReadFromTheUsersRow() {
    let quota = quota([
      "    0:   121 120/120 3/1000000 52/25000000", " 1000:     5 5/5 7/300 123/30000",
      "11000:     5 5/5 8/300 124/30000",
    ])
    #expect((quota.keys, quota.mostKeys) == (7, 300))
    #expect((quota.bytes, quota.mostBytes) == (123, 30_000))
    #expect(quota.logins == 293)
  }

  @Test func whoHasNoRowOwnsNothing() {
    let quota = quota([" 100:     5 5/5 7/300 123/30000"])
    #expect((quota.keys, quota.bytes, quota.logins) == (0, 0, 200))
  }

  @Test(arguments: [
    ("200/200 10", 0), ("199/200 10", 1), ("1/200 19988", 0), ("1/200 19987", 1),
    ("300/200 30000", 0),
  ])
  func countsWhatFits(taken: String, logins: Int) {
    #expect(quota([" 1000: 5 5/5 \(taken)/20000"]).logins == logins)
  }
}

struct KeyDescriptionTests {
  @Test func isReadFromTheKernelsText() throws {
    let key = try #require(KeyDescription("user;1000;-1;3f010000;a;b"))
    #expect((key.type, key.name) == ("user", "a;b"))
    #expect((key.user, key.group) == (1000, 4_294_967_295))
    #expect(key.implicitUser == nil)
  }

  @Test(arguments: ["", "keyring;1;2;3", "keyring;x;2;3f;n", "keyring;1;2;zz;n"])
  func isNothingElse(text: String) { #expect(KeyDescription(text) == nil) }

  @Test(arguments: [
    ("_uid_ses.7", 7), ("_uid.8", 8), ("_ses", nil), ("_uid_ses.", nil), ("_uid_ses.7x", nil),
    ("_persistent.7", nil),
  ])
  func tellsWhoseFallbackItIs(name: String, user: UInt32?) throws {
    #expect(try #require(KeyDescription("keyring;1;2;3f030000;\(name)")).implicitUser == user)
    #expect(try #require(KeyDescription("user;1;2;3f030000;\(name)")).implicitUser == nil)
  }
}

struct KeyPermissionsTests {
  @Test(arguments: [
    (0x3f03_0000, "possessor: all; user: view read"),
    (0x1f3f_0000, "possessor: view read write search link; user: all"),
    (0x0000_0801, "group: search; other: view"), (0, "none"),
  ])
  func areSaidInWords(permissions: UInt32, text: String) {
    #expect(KeyPermissions(rawValue: permissions).text == text)
  }

  @Test func maskIsWhatAPossessorMayDo() {
    let permissions = KeyPermissions(rawValue: 0x0120_0804)
    #expect(permissions.mask(isOwner: true, isOfGroup: true) == "--a----v")
    #expect(permissions.mask(isOwner: false, isOfGroup: true) == "----s--v")
    #expect(permissions.mask(isOwner: false, isOfGroup: false) == "-----w-v")
  }
}
