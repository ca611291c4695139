// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// The module under tools that see what a result does not show.
struct InstrumentedTests {
  /// `make test-long` builds the driver and the module, as ordinary Swift, with ThreadSanitizer.
  @Test(arguments: ["force revoke", "force join=threads", "inherit link=user", "wrong"])
  func threadSanitizerSeesNoRace(arguments: String) throws {
    let products = PAMFixture.root.appending(path: ".build-tsan/debug")
    let login = try PAMFixture(
      arguments, module: products.appending(path: "libpam_session_keyring.so").path, moreUsers: 16)
    let transcript = try login.run(
      """
      start:all:test:user
      threads:16 [ start:h{n}:test:u{n} repeat:100 [ open:h{n} owner:u{n} close:h{n} ] end:h{n} ]
      end:all
      """, driver: products.appending(path: "pam-driver").path)
    #expect(transcript.results(of: "owner") == Array(repeating: "right", count: 1_600))
    #expect(transcript.results(of: "close") == Array(repeating: "PAM_SUCCESS", count: 1_600))
    #expect(!transcript.description.contains("ThreadSanitizer"))
    #expect(transcript.exitStatus == 0)
  }

  /// Loaded and unloaded for each session, as libpam does it.
  @Test(arguments: ["force revoke", "join=checked link=user,persistent", "inherit", "wrong"])
  func valgrindSeesNoLeakAndNoStrayRead(arguments: String) throws {
    var lost: [[String]] = []
    for rounds in [1, 100] {
      let login = try PAMFixture(arguments)
      let transcript = try login.run(
        """
        join
        repeat:\(rounds) [ start:h:test:user open:h cred:h:establish close:h end:h ]
        """,
        under: ["/usr/bin/valgrind", "--leak-check=summary", "--error-exitcode=9"])
      #expect(transcript.results(of: "close") == Array(repeating: "PAM_SUCCESS", count: rounds))
      #expect(transcript.exitStatus == 0, "\(transcript)")
      lost.append(
        transcript.description.split(separator: "\n").filter { $0.contains("lost:") }
          .map { String($0.drop { $0 != " " }) })
    }
    let (once, often) = (try #require(lost.first), try #require(lost.last))
    #expect(once.count == 3, "valgrind told what was lost")
    #expect(once == often)
  }
}
