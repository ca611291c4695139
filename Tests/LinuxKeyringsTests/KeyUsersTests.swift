// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import LinuxKeyrings

struct KeyUsersTests {
  /// As the kernel prints it, proc(5).
  private static let file = """
        0:    10 9/9 3/1000000 40/25000000
     1000:     2 2/2 180/200 36/20000
    65534:     2 2/2 200/200 30/20000

    """

  private func freeKeys(of user: Int, in text: String) -> Int? {
    var bytes = Array(text.utf8).map { CChar(bitPattern: $0) }
    return bytes.withUnsafeMutableBufferPointer { KeyUsers.freeKeys(of: user, in: .init($0)) }
  }

  @Test(arguments: [(0, 999_997), (1000, 20), (65534, 0), (1001, nil)] as [(Int, Int?)])
  func readsTheFreeKeysOfARow(user: Int, free: Int?) {
    #expect(freeKeys(of: user, in: Self.file) == free)
  }

  @Test(arguments: ["", "    0:", "    0:    10 9/9 3\n", "0: 10 9/9 3/1000000 40/25000000"])
  func readsNoRowThatIsCutOff(text: String) {
    #expect(freeKeys(of: 0, in: text) == nil)
  }

  @Test func readsThisMachines() throws {
    #expect(try #require(KeyUsers.freeKeysOfRoot()) > 0)
  }
}
