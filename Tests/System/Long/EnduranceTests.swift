// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Many sessions, many threads, many processes: nothing gets mixed up, nothing is left over.
@Suite(.serialized)
struct EnduranceTests {
  /// One process, 16 threads, a thousand sessions each, for two users, in turns.
  @Test func threadsOpenForTheirOwnUsersAThousandTimes() throws {
    let login = try Login("force revoke")
    let transcript = try login.run(
      """
      bystander:start
      threads:16 [ repeat:500 [
        start:u{n}:test:user open:u{n} show close:u{n} end:u{n}
        start:o{n}:test:other open:o{n} show close:o{n} end:o{n}
      ] ]
      bystander:stop
      """)
    let owners = transcript.shown.map(\.uid)
    print("threads: \(owners.count) sessions in 16 threads of a process")
    #expect(owners.count == 16_000)
    #expect(owners.filter { $0 == "\(login.uid)" }.count == 8_000)
    #expect(owners.filter { $0 == "\(login.otherUID)" }.count == 8_000)
    #expect(Set(transcript.shown.map(\.serial)).count == 16_000, "each session its own keyring")
    #expect(transcript.results(of: "open").allSatisfy { $0 == "PAM_SUCCESS" })
    #expect(transcript.results(of: "close").allSatisfy { $0 == "PAM_SUCCESS" })
    #expect(transcript.results(of: "bystander") == ["looked 0 foreign"])
    #expect(transcript.log.isEmpty)
  }

  /// A hundred processes of 16 threads that start at once, forking meanwhile.
  @Test func processesOfThreadsThatFork() throws {
    var sessions = 0
    for _ in 0..<100 {
      let login = try Login("force join=endurance")
      let transcript = try login.run(
        """
        dumpable:1 bystander:start
        threads:16 [ start:h{n}:test:user open:h{n} show fork [ open:h{n} show ] close:h{n} ]
        bystander:stop
        """)
      sessions += transcript.shown.count
      #expect(transcript.shown.allSatisfy { $0.uid == "\(login.uid)" })
      #expect(transcript.shown.count == 32)
      #expect(transcript.results(of: "bystander").allSatisfy { $0.hasSuffix(" 0 foreign") })
      #expect(transcript.log.isEmpty)
    }
    print("processes: \(sessions) sessions in 100 processes of 16 threads")
  }

  @Test func openInOneThreadAndCloseInAnother() throws {
    let login = try Login("revoke")
    let transcript = try login.run(
      "start:h:test:user thread [ open:h show ] thread [ close:h ] show")
    #expect(transcript.results(of: "close") == ["PAM_SUCCESS"])
    #expect(transcript.shown.last?.uid == "0", "nobody else's keyring was touched")
  }

  /// Ten thousand sessions that nobody closes, each in a process of its own.
  @Test func sessionsThatNobodyClosesLeaveNothing() throws {
    let login = try Login("force")
    let round = "start:h:test:user fork [ open:h ] end:h"
    let transcript = try login.run(
      """
      repeat:100 [ \(round) ] sleep:500 usage:\(login.uid)
      repeat:10000 [ \(round) ] sleep:500 usage:\(login.uid)
      """)
    let usage = transcript.results(of: "usage")
    print("forked: \(transcript.results(of: "open").count) sessions never closed; \(usage)")
    #expect(transcript.results(of: "open").count == 10_100)
    #expect(transcript.results(of: "open").allSatisfy { $0 == "PAM_SUCCESS" })
    let keys = usage.map { $0.drop { $0 != "k" } }
    #expect(keys[0] == keys[1])
  }

  /// Thousands of sessions in one process, the module loaded and unloaded for each.
  @Test(arguments: ["force revoke", "join=loaded"])
  func loadingAndUnloadingLeavesNothing(arguments: String) throws {
    let login = try Login(arguments)
    let rounds = "repeat:5000 [ start:h:test:user open:h close:h end:h ]"
    let look = "compare maps usage:\(login.uid)"
    let transcript = try login.run(
      "\(rounds) note \(look) \(rounds) \(look) \(rounds) \(look) \(rounds) \(look)")
    let usage = transcript.results(of: "usage")
    print("loaded: 20000 times (\(arguments)); \(usage)")
    #expect(transcript.results(of: "compare").allSatisfy { $0 == "same" })
    #expect(transcript.results(of: "maps").allSatisfy { $0 == "unloaded" })
    // The client's memory grows by leaps until it has settled; what leaks grows in each part.
    let pages = usage.compactMap { Int($0.split(separator: " ")[1].dropFirst("pages=".count)) }
    let growth = zip(pages, pages.dropFirst()).map { $1 - $0 }
    #expect(try #require(growth.min()) < 8, "32 KB in 5,000 sessions")
    let mappings = Set(usage.map { $0.split(separator: " ")[0] })
    #expect(mappings.count == 1)
  }
}
