// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import LinuxKeyrings

struct KeyringDescriptionTests {
  @Test func readsTheKernelsText() throws {
    let keyring = try #require(KeyringDescription("keyring;1000;100;3f130000;work"))
    #expect(keyring.owner == 1000)
    #expect(keyring.permissions == 0x3f13_0000)
    #expect(!keyring.isNamedAsUsers)
  }
}
