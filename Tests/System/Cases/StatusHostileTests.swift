// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemHarness
import Testing

/// `session-keyring status` where keyrings have misleading names, or cannot be inspected.
struct StatusHostileTests {
  /// Runs it in a process that has the session keyring of the test runner: usually none.
  private func statusBeside(_ keyring: String, of owner: String, in login: PAMFixture) throws
    -> Status
  {
    try Status(
      after: """
        background [ ids:{\(owner)}:{\(owner)}:{\(owner)} \(keyring) ready await ]
        \(Status.asUser)
        """, in: login)
  }

  /// Resolving `@s` would create an `@us`.
  @Test func impostorOfTheUserSessionKeyringIsNotTakenForIt() throws {
    let login = try PAMFixture()
    let status = try statusBeside("join:_uid_ses.\(login.uid)", of: "uid", in: login)
    #expect(status.hasChangedNothing, "\(status)")
    #expect(status.text.contains("\n  @us          no: does not exist\n"))
  }

  /// Anybody may let others see a keyring whose name has a line break in it.
  @Test func rowThatAnotherUserForgedIsNotBelieved() throws {
    let login = try PAMFixture()
    let forged = try login.run(
      "/bin/sh",
      [
        "-c",
        """
        cd \(login.directory.path) && mkfifo --mode=666 ready end
        row="0badcafe I--Q---     1 perm 1f3f0000 \(login.uid) 65534 keyring   _uid_ses.\(login.uid)"
        name="x
        $row"
        setpriv --reuid=\(login.otherUID) --regid=\(login.otherUID) --clear-groups \
          keyctl session "$name" sh -c \
          'keyctl setperm @s 0x3f030003; echo >ready; read -r line <end' >/dev/null 2>&1 &
        read -r line <ready
        grep -c "^$row" /proc/keys
        setpriv --reuid=\(login.uid) --regid=\(login.uid) --clear-groups sh -c \
          '\(PAMFixture.tool) status; grep " \(login.uid) " /proc/keys; grep "^ *\(login.uid):" /proc/key-users'
        echo >end
        """,
      ])
    let lines = forged.description.split(separator: "\n").map(String.init)
    #expect(lines.first == "1", "the row is there: \(forged)")
    #expect(lines.contains("  @us          no: does not exist"), "\(forged)")
    #expect(lines.filter { $0.contains(" \(login.uid) ") && $0.contains("keyring") }.count == 1)
    #expect(!lines.contains { $0.hasPrefix("\(login.uid):") }, "the user owns nothing: \(forged)")
  }

  @Test func impostorThatIsTheSessionKeyringIsBroken() throws {
    let login = try PAMFixture()
    let status = try Status(after: "\(Status.asUser) join:_uid_ses.{uid}", in: login)
    let user = "user (\(login.uid))"
    #expect(
      status.summary
        == "broken: session keyring owned by \(user), but named like the user session keyring of \(user)"
    )
    #expect(status.exitStatus == 1)
    #expect(status.hasChangedNothing, "\(status)")
  }

  @Test(arguments: [
    (#"a\nb\033[2J"#, #"a\u{a}b\u{1b}[2J"#), (#"w\377\376"#, #"w\xff\xfe"#), ("a;b: 5", "a;b: 5"),
    (#"\342\200\256txt"#, #"\u{202e}txt"#),
  ])
  func anyNameIsFoundAndShownAsItPrints(name: String, shown: String) throws {
    let login = try PAMFixture()
    let uid = login.uid
    let status = try login.run(
      "/bin/sh",
      [
        "-c",
        """
        exec setpriv --reuid=\(uid) --regid=\(uid) --clear-groups \
          keyctl session "$(printf '\(name)')" \(PAMFixture.tool) status
        """,
      ])
    #expect(status.exitStatus == 0)
    #expect(status.description.contains("explicit: session keyring owned by this user\n"))
    #expect(status.description.contains("\n  name         \(shown)\n"), "\(status)")
    #expect(status.description.contains(" keyring: \(shown)\n"))
  }

  @Test(arguments: [(ENOSYS, "Function not implemented"), (EPERM, "Operation not permitted")])
  func kernelOrSandboxWithoutKeyringsIsAFailure(errno: Int32, text: String) throws {
    let status = try Status(after: "\(Status.asUser) seccomp:\(errno)", in: try PAMFixture())
    #expect(status.exitStatus == 2)
    #expect(status.text.contains("Error: kernel keyrings not available: \(text)\n"))
  }

  /// As container runtimes do it: a keyring whose name is not known would look as if it did not exist.
  @Test func maskedListOfKeysIsAFailure() throws {
    let status = try PAMFixture().run(
      "/usr/bin/unshare",
      [
        "--mount", "/bin/sh", "-c",
        "mount --bind /dev/null /proc/keys && exec keyctl session work \(PAMFixture.tool) status",
      ])
    #expect(status.exitStatus == 2)
    #expect(status.description.contains("Error: /proc/keys is masked"))
  }

  /// The kernel follows every link: that search alone took 23 s, and nothing ends it.
  @Test func manyLinksAreNotSearched() throws {
    let login = try PAMFixture()
    let script = """
      level=@s
      for depth in 1 2 3 4; do
        next=
        for number in $(seq 26); do
          keyring=$(keyctl newring $depth.$number ${level%% *}) || exit
          for parent in ${level#* }; do
            [ $parent = @s ] || keyctl link $keyring $parent || exit
          done
          next="$next$keyring "
        done
        level=$next
      done
      exec '\(PAMFixture.tool)' status
      """
    let status = try login.run(
      "/usr/bin/setpriv",
      [
        "--reuid=\(login.uid)", "--regid=\(login.uid)", "--clear-groups", "keyctl", "session", "-",
        "sh", "-c", script,
      ],
      environment: login.environment, within: 60)
    #expect(status.exitStatus == 0)
    #expect(
      status.description.contains("\n  @us          not known: too many links to search\n"),
      "\(status)")
  }
}
