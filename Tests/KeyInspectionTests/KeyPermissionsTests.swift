// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import KeyInspection

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
