// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// The quota in `session-keyring status`, compared with the logins that then fit.
struct StatusQuotaTests {
  @Test(arguments: ["crowd", "fill"])
  func showsThatItIsFull(filling: String) throws {
    let status = try Status(after: "\(Status.asUser) join \(filling)", in: try PAMFixture())
    #expect(status.text.contains(", room for 0 more logins\n"))
    #expect(status.exitStatus == 0)
    #expect(status.hasChangedNothing, "\(status)")
  }

  /// Sessions that stay open, one after the other, until one exceeds the quota and is charged to root.
  /// Where nothing is filled, the first of them creates `@us` and `@u` too.
  @Test(arguments: [
    ("remember:@us crowd:5", 5), ("remember:@us crowd:1", 1), ("remember:@us fill:100", 7),
    ("remember:@us fill:104", 8), ("remember:@us fill:13", 1), ("remember:@us fill:12", 0),
    ("", 198),
  ])
  func asManyLoginsFitAsItShows(filling: String, fits: Int) throws {
    let login = try PAMFixture()
    let transcript = try login.run(
      """
      join ids:{uid}:0:0:{uid} \(filling) ids:0:0:0:0
      fork [ \(Status.asUser) exec:\(PAMFixture.tool):status ]
      repeat:\(fits + 2) [ background [ start:h:test:user open:h show ready await ] ]
      """)
    let words = fits == 1 ? "1 more login" : "\(fits) more logins"
    #expect(transcript.description.contains(", room for \(words)\n"), "\(transcript)")
    let isUsers = transcript.shown.map { $0.uid == "\(login.uid)" && $0.links.count == 2 }
    #expect(isUsers.count == fits + 2)
    #expect(isUsers.filter(\.self).count == fits, "\(transcript)")
  }
}
