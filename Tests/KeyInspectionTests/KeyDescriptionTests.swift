// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import KeyInspection

struct KeyDescriptionTests {
  @Test func isReadFromTheKernelsText() throws {
    let key = try #require(KeyDescription("user;1000;-1;3f010000;a;b"))
    #expect((key.type, key.name) == ("user", Array("a;b".utf8)))
    #expect((key.user, key.group) == (1000, 4_294_967_295))
    #expect(key.origin == nil)
  }

  @Test(arguments: ["", "keyring;1;2;3", "keyring;x;2;3f;n", "keyring;1;2;zz;n"])
  func isNothingElse(text: String) { #expect(KeyDescription(text) == nil) }

  @Test(
    arguments: [
      ("_uid_ses.7", .kernelCreated(.userSession, of: 7)), ("_uid.8", .kernelCreated(.user, of: 8)),
      ("_persistent.9", .kernelCreated(.persistent, of: 9)), ("_ses", nil),
      ("_uid_ses.", nil),
      ("_uid_ses.7x", nil), ("_uid_ses.-7", nil), ("_uid", nil),
    ] as [(String, KeyringOrigin?)])
  func showsWhatTheKernelCreatedForWhom(name: String, origin: KeyringOrigin?) throws {
    #expect(try #require(KeyDescription("keyring;1;65534;1f3f0000;\(name)")).origin == origin)
    #expect(try #require(KeyDescription("keyring;1;-1;1f3f0000;\(name)")).origin == origin)
    #expect(try #require(KeyDescription("user;1;65534;1f3f0000;\(name)")).origin == nil)
  }

  @Test func showsWhatOnlyHasTheName() throws {
    let keyring = try #require(KeyDescription("keyring;7;7;3f130000;_uid_ses.7"))
    #expect(keyring.origin == .impostor(.userSession, of: 7))
  }
}

extension KeyDescription {
  fileprivate init?(_ text: String) { self.init(Array(text.utf8)) }
}
