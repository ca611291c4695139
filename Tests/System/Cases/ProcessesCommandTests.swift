// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemHarness
import Testing

/// `session-keyring ps`, as people and scripts call it.
struct ProcessesCommandTests {
  private let login: PAMFixture

  init() throws { login = try PAMFixture() }

  /// Runs it beside a process of the user's that has come through these steps.
  private func ps(_ options: String, beside steps: String) throws -> (Transcript, exitStatus: Int) {
    let transcript = try login.run(
      "background [ \(steps) ready await ] fork [ exec:\(PAMFixture.tool):ps\(options) ]")
    // As wait(2) has it.
    let status = transcript.results(of: "child status").first.flatMap { Int($0) } ?? 0
    return (transcript, status >> 8)
  }

  @Test func listsTheUsersProcessesInALine() throws {
    let transcript = try ps(":--user:user", beside: "\(Status.asUser) join:work show").0
    let lines = transcript.description.split(separator: "\n").map(String.init).suffix(3)
    #expect(lines.first == "1 process: 1 explicit")
    let row = lines.last?.split(separator: " ").map(String.init) ?? []
    let serial = try transcript.shown(0).serial
    #expect(
      row.prefix(7) == ["explicit", serial, "work", "user", "user", "-", "-"], "\(transcript)")
    #expect(row.dropFirst(7).first == "pam-driver")
  }

  @Test func isPlainInAPipe() throws {
    #expect(!(try ps("", beside: "\(Status.asUser) join").0.description.contains("\u{1B}")))
  }

  /// script(1) gives it a terminal, of so many rows and columns.
  @Test func onATerminalIsOneScreenInColor() throws {
    let screen = try login.run(
      "/usr/bin/script", ["-qec", "stty rows 6 columns 60; \(PAMFixture.tool) ps", "/dev/null"])
    let lines = screen.description.split(whereSeparator: \.isNewline).map(String.init)
    #expect(lines.count <= 5, "\(screen)")
    #expect(lines.first?.hasPrefix("\u{1B}[1m") ?? false, "\(screen)")
    #expect(lines.allSatisfy { $0.replacing(/\u{1B}\[[0-9]*m/, with: "").count <= 60 }, "\(screen)")
  }

  @Test(arguments: [
    ("explicit", 1), ("expired", 1), ("revoked", 1), ("none", 0), ("implicit", 0), ("foreign", 0),
  ])
  func failsOnAStateOrOneOfMoreConcern(state: String, exit: Int) throws {
    let revoked = "\(Status.asUser) join revoke:@s"
    let (transcript, status) = try ps(":--user:{uid}:--fail-on:\(state)", beside: revoked)
    #expect(status == exit)
    #expect(transcript.description.contains("1 process: 1 revoked\n"))
  }

  @Test(arguments: [
    (":--user:nobody-there", "no user 'nobody-there'"),
    (":--fail-on:bad", "is invalid for '--fail-on <state>'"),
  ])
  func aWrongCommandLineIsStatusTwo(options: String, text: String) throws {
    let (transcript, status) = try ps(options, beside: "")
    #expect(status == 2)
    #expect(transcript.description.contains(text), "\(transcript)")
  }

  @Test func helpHasTheOrderOfTheStates() throws {
    let transcript = try login.run(PAMFixture.tool, ["ps", "--help"])
    let words = transcript.description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("explicit, expired, revoked, none, implicit, foreign"), "\(words)")
  }

  @Test func knowsTheLoginUIDAndTheUnit() throws {
    let transcript = try login.run(
      "/bin/sh",
      [
        "-c",
        """
        cd \(login.directory.path) || exit
        root=/sys/fs/cgroup
        [ -e $root/cgroup.controllers ] || root=$root/unified
        scope=$root/user.slice/user-\(login.uid).slice/session-1.scope
        mkdir -p $scope
        started=
        for place in $root $scope; do
          for user in 4294967295 \(login.otherUID); do
            # One for each: who closes late would be taken for the next.
            ready=ready.$(set -- $started; echo $#)
            mkfifo --mode=666 $ready
            (echo $user >/proc/self/loginuid
            sh -c 'echo $PPID' >$place/cgroup.procs
            exec setpriv --reuid=\(login.uid) --regid=\(login.uid) --clear-groups \
              sh -c "echo >$ready; exec sleep 60") >/dev/null 2>&1 &
            started="$started $!"
            read -r line <$ready
          done
        done
        \(PAMFixture.tool) ps --json --user \(login.uid)
        echo FILTERED
        \(PAMFixture.tool) ps --user \(login.uid) --logins
        kill $started
        wait
        rmdir $scope $root/user.slice/user-\(login.uid).slice
        rmdir $root/user.slice 2>/dev/null || true
        """,
      ])
    let parts = transcript.description.split(separator: "FILTERED\n")
    let census = try Census(in: Transcript(String(parts.first ?? ""), exitStatus: 0))
    let known = census.processes.map { "\($0.login_uid ?? 0) \($0.unit ?? "-")" }
    let other = login.otherUID
    #expect(
      known == ["0 -", "\(other) -", "0 session-1.scope", "\(other) session-1.scope"],
      "\(transcript)")
    #expect(parts.last?.hasPrefix("3 processes: 3 none\n") ?? false, "\(transcript)")
  }

  /// Processes that come and go while it looks: it neither fails nor misses one that stays.
  @Test func whatComesAndGoesIsNoFailure() throws {
    let transcript = try login.run(
      "/bin/bash",
      [
        "-c",
        """
        cd \(login.directory.path) && mkfifo --mode=666 ready end
        setpriv --reuid=\(login.uid) --regid=\(login.uid) --clear-groups \
          keyctl session stays sh -c 'echo >ready; read -r line <end' >/dev/null 2>&1 &
        read -r line <ready
        (for ((i = 0; i < 400; i++)); do keyctl session comes true >/dev/null 2>&1; done) &
        (for ((i = 0; i < 4000; i++)); do (:); done) &
        for ((i = 0; i < 10; i++)); do
          \(PAMFixture.tool) ps --json | grep -c '"name" : "stays"' || echo "failed"
        done
        echo >end
        """,
      ])
    #expect(transcript.description == String(repeating: "1\n", count: 10))
  }
}
