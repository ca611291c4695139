// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import KeyInspection

struct KeyQuotaTests {
  private func quota(_ rows: [String]) -> KeyQuota {
    KeyQuota(of: 1000, rows: rows, maxKeys: 200, maxBytes: 20_000)
  }

  @Test func isReadFromTheUsersRow() {
    let quota = quota([
      "    0:   121 120/120 3/1000000 52/25000000", " 1000:     5 5/5 7/300 123/30000",
      "11000:     5 5/5 8/300 124/30000",
    ])
    #expect((quota.keys, quota.maxKeys) == (7, 300))
    #expect((quota.bytes, quota.maxBytes) == (123, 30_000))
    #expect(quota.logins() == 293)
  }

  @Test func whoHasNoRowOwnsNothing() {
    let quota = quota([" 100:     5 5/5 7/300 123/30000"])
    #expect((quota.keys, quota.bytes, quota.logins()) == (0, 0, 200))
  }

  @Test(arguments: [
    ("200/200 10", 0), ("199/200 10", 1), ("1/200 19988", 0), ("1/200 19987", 1),
    ("300/200 30000", 0),
  ])
  func countsWhatFits(taken: String, logins: Int) {
    #expect(quota([" 1000: 5 5/5 \(taken)/20000"]).logins() == logins)
  }

  /// `_uid_ses.1000` and `_uid.1000`, each with a NUL, and a link.
  @Test func firstLoginMakesWhatIsMissing() {
    typealias Cost = KeyQuota.Cost
    #expect(Cost.first(of: 1000, missing: []) == Cost())
    #expect(Cost.first(of: 1000, missing: [.persistent]) == Cost())
    #expect(Cost.first(of: 1000, missing: [.user]) == Cost(keys: 1, bytes: 10))
    #expect(Cost.first(of: 1000, missing: UserKeyring.allCases) == Cost(keys: 2, bytes: 28))
    #expect(quota([]).logins(first: Cost(keys: 2, bytes: 28)) == 198)
    #expect(quota([" 1000: 5 5/5 1/200 19960/20000"]).logins(first: Cost(keys: 2, bytes: 28)) == 0)
  }
}
