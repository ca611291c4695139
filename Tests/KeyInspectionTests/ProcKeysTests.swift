// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import Testing

@testable import KeyInspection

struct ProcKeysTests {
  @Test(arguments: [
    ("3cb6af27 I--Q---     1 perm 3f030000  1000  1000 keyring   _ses: empty", "_ses"),
    ("3cb6af27 I--Q---     1 perm 3f030000  1000  1000 keyring   _ses: 12", "_ses"),
    ("3cb6af27 IR-Q---     1 expd 3f030000  1000  1000 keyring   _ses", "_ses"),
    ("3cb6af27 I--Q---     1   3d 3f030000  1000  1000 keyring   a b: c: 1", "a b: c"),
    ("3cb6af27 I--Q---     1 perm 3f030000  1000  1000 keyring   a: b", "a: b"),
  ])
  func isReadFromItsRow(row: String, name: String) throws {
    let keyring = try #require(ProcKeysRow(row.utf8))
    #expect(keyring.name == Array(name.utf8))
    #expect(keyring.serial == KeySerial(rawValue: 0x3cb6_af27))
  }

  @Test(arguments: [
    "", "3cb6af27", "3cb6af27 I--Q---     1 perm 3f010000  1000  1000 user      ticket: 5",
    "x I--Q--- 1 perm 3f030000 1000 1000 keyring _ses: empty",
  ])
  func isNothingElse(row: String) { #expect(ProcKeysRow(row.utf8) == nil) }
}
