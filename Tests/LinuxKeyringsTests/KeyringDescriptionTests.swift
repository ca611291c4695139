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

  @Test func readsTheLargestNumbers() throws {
    let keyring = try #require(KeyringDescription("keyring;4294967294;0;ffffffff;"))
    #expect(keyring.owner == UInt32.max - 1)
    #expect(keyring.permissions == UInt32.max)
  }

  @Test(arguments: [("work", true), ("wor", false), ("works", false), ("", false)])
  func comparesItsName(name: String, isSame: Bool) throws {
    let work = Array("work".utf8CString)
    let keyring = try work.withUnsafeBufferPointer { work in
      let asked = try #require(work.baseAddress.flatMap { KeyringName($0) })
      return try #require(
        KeyringDescription("keyring;1000;100;3f130000;\(name)", comparingWith: asked))
    }
    #expect(keyring.hasName == isSame)
    #expect(!(try #require(KeyringDescription("keyring;1;1;3f130000;work")).hasName))
  }

  @Test(arguments: ["_uid_ses.0", "_uid.1000", "_uid", "_uid_ses.1;fake"])
  func knowsTheNamesOfUsersKeyrings(name: String) throws {
    #expect(try #require(KeyringDescription("keyring;0;0;1f3f0000;\(name)")).isNamedAsUsers)
  }

  @Test(arguments: ["_ses", "_ui", "", "uid_ses.0", "x_uid", "a;b"])
  func takesNoOtherNameForOne(name: String) throws {
    #expect(!(try #require(KeyringDescription("keyring;0;0;3f030000;\(name)")).isNamedAsUsers))
  }

  @Test(arguments: [
    "", "keyring", "keyring;", "keyring;1", "keyring;1;2", "keyring;1;2;3f", "keyring;;2;3f;name",
    "keyring;x;2;3f;name", "keyring;1;2;zz;name", "user;1;2;3f;name", "keyringx;1;2;3f;name",
  ])
  func refusesAnyOtherText(text: String) {
    #expect(KeyringDescription(text) == nil)
  }
}

extension KeyringDescription: Equatable {
  public static func == (one: KeyringDescription, other: KeyringDescription) -> Bool {
    one.owner == other.owner && one.permissions == other.permissions
      && one.isNamedAsUsers == other.isNamedAsUsers
  }
}
