// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// `session-keyring renew`, run by a process in every state: the driver is the shell.
struct RenewTests {
  private static let renew = "fork [ exec:\(PAMFixture.tool):renew ]"

  /// What runs as the user, in a session keyring of the user's own.
  private func run(_ steps: String) throws -> (login: PAMFixture, transcript: Transcript) {
    let login = try PAMFixture()
    return (login, try login.run("\(Status.asUser) remember:@us join add:@us:kept \(steps)"))
  }

  private static func links(of uid: UInt32) -> Set<String> { ["_uid.\(uid)", "_uid_ses.\(uid)"] }

  @Test(arguments: [
    "revoke:@s", "expire:@s sleep:1500", "join:_uid_ses.{uid}", "setperm:@s:37000000",
  ])
  func whatIsOfNoUseIsReplacedInTheShell(steps: String) throws {
    let (login, transcript) = try run("\(steps) \(Self.renew) show request:kept \(Self.renew) show")
    let shown = try transcript.shown(0)
    #expect(shown.name == "_ses")
    #expect(shown.uid == "\(login.uid)")
    #expect(Set(shown.links) == Self.links(of: login.uid))
    #expect(transcript.results(of: "request") == ["ok"])
    let line = "session keyring \(shown.serial), which links @us and @u\n"
    #expect(transcript.description.contains("renewed: \(line)"), "\(transcript)")
    #expect(transcript.description.contains("kept: \(line)"), "\(transcript)")
    #expect(try transcript.shown(1) == shown)
    #expect(transcript.results(of: "child").isEmpty)
  }

  @Test func whoHasNoneGetsOne() throws {
    let login = try PAMFixture()
    let transcript = try login.run("\(Status.asUser) \(Self.renew) show")
    #expect(try transcript.shown(0).name == "_ses")
    #expect(Set(try transcript.shown(0).links) == Self.links(of: login.uid))
  }

  @Test(arguments: ["", "join:work"])
  func whatTheUserOwnsIsKeptAndGetsTheLinks(steps: String) throws {
    let (login, transcript) = try run("\(steps) add:@s:mine show \(Self.renew) show find:mine")
    #expect(try transcript.shown(1).serial == transcript.shown(0).serial)
    #expect(Set(try transcript.shown(1).links).isSuperset(of: Self.links(of: login.uid)))
    #expect(transcript.results(of: "find") == ["ok"])
    #expect(transcript.description.contains("kept: session keyring "))
  }

  /// A shell with threads, with a session keyring that another user owns, with another saved uid.
  @Test(arguments: [
    "\(Status.asUser) join revoke:@s thread [ \(renew) show ]",
    "join \(Status.asUser) \(renew) show",
    "join:_uid_ses.0 \(Status.asUser) \(renew) show",
    "ids:{uid}:{uid}:0 join revoke:@s \(renew) show",
  ])
  func whatTheKernelRefusesIsStatusTwo(steps: String) throws {
    let transcript = try PAMFixture().run(steps)
    let errors = transcript.description.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
    #expect(errors.count == 1, "\(transcript)")
    #expect(errors.first?.hasSuffix("start a new shell: session-keyring renew -- COMMAND") == true)
    #expect(transcript.results(of: "child") == ["status 512"])
  }

  @Test(arguments: [
    ("seccomp:1", "kernel keyrings not available: Operation not permitted"),
    ("seccomp:38", "kernel keyrings not available: Function not implemented"),
    ("revoke:@s settle:{uid} fill", "cannot join a session keyring: Disk quota exceeded"),
  ])
  func whatCannotBeDoneIsStatusTwo(steps: String, reason: String) throws {
    let (_, transcript) = try run("\(steps) \(Self.renew)")
    #expect(transcript.description.contains("Error: \(reason)\n"), "\(transcript)")
    #expect(transcript.results(of: "child") == ["status 512"])
  }

  @Test func whatCannotBeLinkedIsNamed() throws {
    let (_, transcript) = try run("revoke:@s revoke:it \(Self.renew) show")
    #expect(try transcript.shown(0).name == "_ses")
    let missing = "cannot link the user session keyring (@us), ignoring: "
    #expect(transcript.description.contains(missing), "\(transcript)")
    #expect(transcript.results(of: "child").isEmpty)
  }

  @Test func aCommandStartsInOneOfItsOwn() throws {
    let (login, transcript) = try run(
      "show fork [ exec:\(PAMFixture.tool):renew:--:/usr/bin/keyctl:show:@s ] show")
    #expect(try transcript.shown(1) == transcript.shown(0))
    let lines = transcript.description.split(separator: "\n").filter { $0.contains(" keyring: ") }
    #expect(lines.first?.hasSuffix(" keyring: _ses") == true, "\(transcript)")
    #expect(lines.first?.contains("\(try transcript.shown(0).serial)") == false)
    #expect(lines.contains { $0.hasSuffix("keyring: _uid_ses.\(login.uid)") })
    #expect(transcript.description.contains(" user: kept"))
  }

  /// Its status is the command's, or a shell's for a command that does not run.
  @Test(arguments: [
    ("/bin/false", 1), ("/nonexistent", 127), ("/etc/passwd", 126), ("--", 127),
  ])
  func theStatusIsTheCommands(command: String, exit: Int) throws {
    let (_, transcript) = try run("fork [ exec:\(PAMFixture.tool):renew:--:\(command) ]")
    #expect(transcript.results(of: "child") == ["status \(exit << 8)"], "\(transcript)")
  }

  @Test func aCommandNeedsTheDashes() throws {
    let transcript = try PAMFixture().run(PAMFixture.tool, ["renew", "/bin/true"])
    #expect(transcript.exitStatus == 2)
  }
}
