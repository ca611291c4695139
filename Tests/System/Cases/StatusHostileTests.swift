// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemHarness
import Testing

/// `session-keyring status` where keyrings have names that mislead, or nothing can be told.
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

  /// A look would find no `@us` and have one made.
  @Test func fakeOfTheUserSessionKeyringIsNotTakenForIt() throws {
    let login = try PAMFixture()
    let status = try statusBeside("join:_uid_ses.\(login.uid)", of: "uid", in: login)
    #expect(status.hasChangedNothing, "\(status)")
    #expect(status.text.contains("\n  @us          no: there is none\n"))
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
    #expect(lines.contains("  @us          no: there is none"), "\(forged)")
    #expect(lines.filter { $0.contains(" \(login.uid) ") && $0.contains("keyring") }.count == 1)
    #expect(!lines.contains { $0.hasPrefix("\(login.uid):") }, "the user owns nothing: \(forged)")
  }

  @Test func fakeThatIsTheSessionKeyringIsOfNoUse() throws {
    let login = try PAMFixture()
    let status = try Status(after: "\(Status.asUser) join:_uid_ses.{uid}", in: login)
    let user = "user (\(login.uid))"
    #expect(
      status.summary
        == "broken: a keyring of \(user)'s by the name of \(user)'s user session keyring")
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
    #expect(status.description.contains("explicit: a session keyring of its own\n"))
    #expect(status.description.contains("\n  name         \(shown)\n"), "\(status)")
    #expect(status.description.contains(" keyring: \(shown)\n"))
  }

  @Test(arguments: [(ENOSYS, "ENOSYS"), (EPERM, "EPERM")])
  func kernelOrSandboxWithoutKeysIsNoAnswer(errno: Int32, name: String) throws {
    let status = try Status(after: "\(Status.asUser) seccomp:\(errno)", in: try PAMFixture())
    #expect(status.exitStatus == 2)
    #expect(status.text.contains("Error: no keyrings here: \(name)\n"))
  }

  /// As container runtimes do it: a keyring whose name is not known would look like none.
  @Test func hiddenListOfKeysIsNoAnswer() throws {
    let status = try PAMFixture().run(
      "/usr/bin/unshare",
      [
        "--mount", "/bin/sh", "-c",
        "mount --bind /dev/null /proc/keys && exec keyctl session work \(PAMFixture.tool) status",
      ])
    #expect(status.exitStatus == 2)
    #expect(status.description.contains("Error: /proc/keys is hidden"))
  }
}
