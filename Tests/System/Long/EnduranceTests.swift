// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Many sessions, many threads, many processes: nothing gets mixed up, nothing is left over.
@Suite(.serialized)
struct EnduranceTests {
  /// What came of sessions that threads opened, each for a user of its own.
  private struct ThreadsCount {
    var sessions = 0, failed = 0, wrong = 0, looks = 0, foreign = 0, hangs = 0

    mutating func add(_ transcript: Transcript) {
      let owners = transcript.results(of: "owner")
      sessions += owners.count
      wrong += owners.filter { $0 != "right" }.count
      failed += ["open", "close"].flatMap(transcript.results).filter { $0 != "PAM_SUCCESS" }.count
      looks += transcript.looks.count
      foreign += transcript.looks.foreign
      hangs += transcript.isHung ? 1 : 0
    }

    var figures: Figures {
      [
        "sessions": sessions, "calls that failed": failed,
        "sessions in a keyring that is not the user's": wrong, "bystander's looks": looks,
        "looks that saw foreign ids": foreign, "hangs": hangs,
      ]
    }

    static func check(_ figures: [String: Int], sessions: Int) {
      #expect(figures["sessions"] == sessions)
      #expect(figures["calls that failed"] == 0)
      #expect(figures["sessions in a keyring that is not the user's"] == 0)
      #expect(figures["bystander's looks", default: 0] > 1000)
      #expect(figures["looks that saw foreign ids"] == 0)
      #expect(figures["hangs"] == 0)
    }
  }

  @Test func aProcessOfSixteenThreadsServesSixteenUsers() throws {
    let figures = try compare("16 threads x 1,000 rounds") { subject in
      let login = try PAMFixture("force revoke", module: subject.path, moreUsers: 16)
      var count = ThreadsCount()
      count.add(
        try login.run(
          """
          bystander:start
          threads:16 [ repeat:1000 [
            start:h{n}:test:u{n} open:h{n} owner:u{n} close:h{n} end:h{n}
          ] ]
          bystander:stop
          """, within: 120))
      return count.figures
    }
    ThreadsCount.check(figures, sessions: 16_000)
  }

  /// Each thread forks meanwhile, and the child opens too.
  @Test(arguments: ["force revoke", "force join=endurance"])
  func aHundredProcessesOfThreadsThatFork(arguments: String) throws {
    let figures = try compare("100 processes of 16 threads, \(arguments)") { subject in
      var count = ThreadsCount()
      for _ in 0..<100 {
        let login = try PAMFixture(arguments, module: subject.path, moreUsers: 16)
        count.add(
          try login.run(
            """
            dumpable:1 bystander:start
            threads:16 [ start:h{n}:test:u{n} open:h{n} owner:u{n}
                         fork [ open:h{n} owner:u{n} ] close:h{n} ]
            bystander:stop
            """, within: 20))
      }
      return count.figures
    }
    ThreadsCount.check(figures, sessions: 3_200)
  }

  @Test func openInOneThreadAndCloseInAnother() throws {
    let figures = try compare("opened in one thread, closed in another") { subject in
      let login = try PAMFixture("force revoke", module: subject.path, moreUsers: 16)
      let transcript = try login.run(
        """
        show threads:16 [ start:h{n}:test:u{n} thread [ open:h{n} owner:u{n} ] thread [ close:h{n} ]
                          end:h{n} ] show
        """, within: 20)
      let shown = transcript.shown
      return [
        "sessions": transcript.results(of: "owner").count,
        "closes that failed": transcript.results(of: "close").filter { $0 != "PAM_SUCCESS" }.count,
        "keyrings of others revoked": shown.count == 2 && shown.first == shown.last ? 0 : 1,
        "hangs": transcript.isHung ? 1 : 0,
      ]
    }
    #expect(figures["sessions"] == 16)
    #expect(figures["closes that failed"] == 0)
    #expect(figures["keyrings of others revoked"] == 0)
    #expect(figures["hangs"] == 0)
  }

  /// Ten thousand sessions that nobody closes.
  @Test(arguments: ["in one process": "#", "each in a process": "fork [ # ]"])
  func sessionsThatNobodyClosesLeaveNothing(way: (key: String, value: String)) throws {
    let round = "start:h:test:user " + way.value.replacing("#", with: "open:h") + " end:h"
    let figures = try compare("never closed, \(way.key)") { subject in
      let login = try PAMFixture("force", module: subject.path)
      let transcript = try login.run(
        """
        repeat:100 [ \(round) ] settle:\(login.uid) usage:\(login.uid) note
        repeat:10000 [ \(round) ] settle:\(login.uid) usage:\(login.uid) compare
        """, within: 120)
      let opens = transcript.results(of: "open")
      func growth(_ what: KeyPath<Usage, Int>) -> Int {
        guard transcript.usage.count == 2, let first = transcript.usage.first,
          let last = transcript.usage.last
        else { return -1 }
        return last[keyPath: what] - first[keyPath: what]
      }
      return [
        "sessions": opens.count,
        "calls that failed": opens.filter { $0 != "PAM_SUCCESS" }.count,
        "keys left over": growth(\.keys),
        "key bytes left over": growth(\.keyBytes),
        "descriptors, handlers or ids changed":
          transcript.results(of: "compare") == ["same"] ? 0 : 1,
      ]
    }
    #expect(figures["sessions"] == 10_100)
    #expect(figures["calls that failed"] == 0)
    #expect(figures["keys left over"] == 0)
    #expect(figures["key bytes left over"] == 0)
    #expect(figures["descriptors, handlers or ids changed"] == 0)
  }
}
