// SPDX-License-Identifier: BSD-3-Clause

import KeyInspection
import ProcessCensus
import Testing

@testable import SessionKeyringTool

/// What `ps` prints for people.
struct ProcessesReportTests {
  /// Users without names.
  private static let first: UInt32 = 4_000_000_001
  private static let second: UInt32 = 4_000_000_002

  private func report(_ tasks: [CensusTask]) -> ProcessesReport {
    ProcessesReport(CensusEntry.all(tasks, units: [:], at: 100))
  }

  private func task(_ process: Int32, thread: Int32? = nil, keyringOf owner: UInt32?) -> CensusTask
  {
    CensusTask(
      process: process, thread: thread, user: Self.first, loginUser: Self.second,
      command: Array("a\nb".utf8),
      keyring: owner.map {
        CensusKeyring(
          serial: Int32($0 % 10), user: $0, group: 65_534,
          permissions: KeyPermissions(rawValue: 0x1f3f_0000), name: Array("_uid_ses.1".utf8))
      })
  }

  @Test func aLineIsForProcessesThatHaveTheSame() {
    let tasks = [
      task(5, keyringOf: Self.first), task(4, keyringOf: Self.first),
      task(5, thread: 6, keyringOf: Self.second), task(7, keyringOf: nil),
    ]
    #expect(
      report(tasks).text(isColored: false, screen: nil) == #"""
        4 processes: 1 foreign, 1 none, 2 explicit
        STATE     KEYRING                          OWNER       USER        LOGIN       UNIT  PROCESSES
        foreign   2 _uid_ses.1 (not the kernel's)  4000000002  4000000001  4000000002  -     a\u{a}b 5/6
        none      -                                -           4000000001  4000000002  -     a\u{a}b 7
        explicit  1 _uid_ses.1 (not the kernel's)  4000000001  4000000001  4000000002  -     a\u{a}b 4, a\u{a}b 5

        """#)
  }

  @Test func aScreenHasTheLargestConcernsAndSaysWhatIsLeftOut() {
    let tasks = [
      task(1, keyringOf: Self.first), task(2, keyringOf: nil), task(3, keyringOf: Self.second),
    ]
    let text = report(tasks).text(isColored: true, screen: (rows: 5, columns: 30))
    #expect(
      text == """
        \u{1B}[1m3 processes: 1 foreign, 1 n...\u{1B}[0m
        STATE    KEYRING           ...
        \u{1B}[31mforeign\u{1B}[0m  2 _uid_ses.1 (not ...
        and 2 more lines of 2 proce...

        """)
    #expect(
      report(tasks).text(isColored: true, screen: (rows: 6, columns: 200)).split(separator: "\n")
        .count == 5)
  }

  @Test func withoutAProcessThereIsOneLine() {
    #expect(report([]).text(isColored: false, screen: nil) == "0 processes\n")
  }
}
