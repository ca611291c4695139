// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Names in what `session-keyring ps` prints: those of keyrings, threads and commands.
struct ProcessesNamesTests {
  private let login: PAMFixture

  init() throws { login = try PAMFixture() }

  /// A keyring's name and a thread's may hold anything, a command's name in a file system as well.
  @Test(arguments: [
    (#"a\nb\033[2J"#, #"a\u{a}b\u{1b}[2J"#), (#"w\377\376"#, #"w\xff\xfe"#), ("a;b: 5", "a;b: 5"),
    (#"\342\200\256txt"#, #"\u{202e}txt"#), (#"back\\slash"#, #"back\\slash"#),
  ])
  func namesAreShownAsTheyPrint(name: String, shown: String) throws {
    let transcript = try login.run(
      "/bin/sh",
      [
        "-c",
        """
        cd \(login.directory.path) && mkfifo --mode=666 ready end && chmod 711 .
        name="$(printf '\(name)')"
        cp /bin/dash "$name"
        setpriv --reuid=\(login.uid) --regid=\(login.uid) --clear-groups \
          keyctl session "$name" "./$name" -c 'echo >ready; read -r line <end' &
        read -r line <ready
        \(PAMFixture.tool) ps --json --user \(login.uid)
        \(PAMFixture.tool) ps --user \(login.uid)
        echo >end
        """,
      ])
    let census = try Census(in: transcript)
    #expect(census.processes.map(\.keyring?.name) == [shown], "\(transcript)")
    #expect(census.processes.map(\.command) == [shown], "\(transcript)")
    let row = transcript.description.split(separator: "\n").last ?? ""
    #expect(row.contains(" \(shown) "), "\(transcript)")
    #expect(!transcript.description.contains("\u{1B}"))
  }

  /// The longest name that there can be.
  @Test func aLongNameIsWholeInJSON() throws {
    let name = String(repeating: "n", count: 4095)
    let (census, _) = try Census.ofUser(after: "\(Status.asUser) join:\(name)", in: login)
    #expect(census.processes.map(\.keyring?.name) == [name])
  }
}
