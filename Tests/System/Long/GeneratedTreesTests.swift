// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// 10,000 generated trees for each of three libpams: every verdict holds, with sessions that the real one opens.
///
/// A hundred trees lie in one directory, each with a service, its parts and names of its own; `other` is that of
/// the last one.
@Suite(.serialized)
struct GeneratedTreesTests {
  private static let libraries: [ConfigurationFixture.Library] = [
    .own, .debian1_7, .upstream1_7WithVendor,
  ]

  @Test(arguments: libraries)
  func verdictsHold(library: ConfigurationFixture.Library) throws {
    var disagreements = 0
    var verdicts: [Verdict: Int] = [:]
    for batch in 0..<generatedTrees / 100 {
      let machine = try ConfigurationFixture(library: library)
      var services: [String] = []
      for tree in 0..<100 {
        let seed = UInt64(1000 + batch * 100 + tree)
        var configuration = GeneratedConfiguration(
          seed: seed, services: 1, prefix: "t\(tree)", hasDifferences: true)
        for (path, text) in configuration.files() { try machine.write(text, to: path) }
        services += configuration.services
      }
      try machine.install(["pam_permit", "pam_deny", "pam_debug", "pam_keyinit"])
      try machine.write("", to: PAMFixture.module)
      let sessions = try machine.sessions(through: services)
      let audit = Audit(try FileTree(root: machine.root.path))
      for service in services {
        let judged = audit.judge(service)
        verdicts[judged.verdict, default: 0] += 1
        let seen = try #require(sessions[service])
        guard !judged.agrees(with: seen) else { continue }
        disagreements += 1
        Issue.record(
          "\(batch) \(service): \(judged.verdict), but \(seen):\n\(machine.text(of: judged.path))")
      }
    }
    let shown = verdicts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.rawValue)" }
    print(
      "generated trees, \(library.rawValue): \(verdicts.values.reduce(0, +)), "
        + "\(shown.joined(separator: ", ")); \(disagreements) disagreements")
  }
}
