// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import LinuxKeyrings

struct KeyringNameTests {
  @Test(arguments: [
    "a", "shared", "_ses", "_ui", "a.b", "x_uid", String(repeating: "n", count: 255),
  ])
  func takesTheKernelsNames(name: String) {
    #expect(name.withCString { unsafe KeyringName($0) != nil })
  }

  @Test(arguments: [
    "", ".", ".hidden", "_uid", "_uid.0", "_uid_ses.1000", String(repeating: "n", count: 256),
  ])
  func refusesOthers(name: String) {
    #expect(name.withCString { unsafe KeyringName($0) == nil })
  }
}
