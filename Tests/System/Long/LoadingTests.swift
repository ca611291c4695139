// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// libpam loads the module for each session and unloads it: nothing of it stays.
@Suite(.serialized)
struct LoadingTests {
  /// In turns, in threads at once, and in children: each session loads the module and unloads it.
  static let loading = [
    "in turns": "repeat:2500 [ # ]",
    "in 16 threads": "threads:16 [ repeat:160 [ # ] ]",
    "after fork":
      "repeat:25 [ start:a:test:user open:a fork [ repeat:100 [ # ] end:a maps ] end:a ]",
  ]

  @Test(arguments: loading, ["force revoke", "join=loaded"])
  func loadingAndUnloadingLeavesNothing(
    way: (key: String, value: String), arguments: String
  ) throws {
    let rounds = way.value.replacing("#", with: "start:h:test:user open:h close:h end:h")
    let figures = try compare("loaded and unloaded \(way.key), \(arguments)") { subject in
      let login = try PAMFixture(arguments, module: subject.path)
      let look = "compare maps usage:\(login.uid)"
      let parts = String(repeating: "\(rounds) \(look) ", count: 4)
      let transcript = try login.run("\(rounds) note \(parts)", within: 120)
      let usage = transcript.usage
      // The driver's memory grows by leaps until it has settled; what leaks grows in each part.
      let growth = zip(usage, usage.dropFirst()).map { $1.pages - $0.pages }.min()
      return [
        "sessions": transcript.results(of: "open").count,
        "times still loaded": transcript.results(of: "maps").filter { $0 != "unloaded" }.count,
        "mappings left over": Set(usage.map(\.mappings)).count - 1,
        "pages that each part grows by": max(growth ?? .max, 0),
        "descriptors, handlers or ids changed":
          transcript.results(of: "compare").filter { $0 != "same" }.count,
      ]
    }
    #expect(figures["sessions", default: 0] >= 10_000)
    #expect(figures["times still loaded"] == 0)
    #expect(figures["mappings left over"] == 0)
    // The smallest piece of memory, lost once in each of 2,500 sessions, is 20 pages.
    #expect(figures["pages that each part grows by", default: .max] < 16)
    #expect(figures["descriptors, handlers or ids changed"] == 0)
  }
}
