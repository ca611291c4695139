// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser
import Glibc
import LinuxKeyrings
import SystemText

struct RenewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew",
    abstract: "Give the shell that runs this a session keyring, or start a command in one.",
    usage: "session-keyring renew [-- <command> ...]",
    discussion: """
      For a shell or a tmux pane whose session keyring was revoked: the new one links the user session \
      keyring and the user keyring. An explicit session keyring that the user owns is kept, and gets the \
      links. Programs that run already keep what they have.
      """)

  @Argument(
    parsing: .postTerminator,
    help: "After --: a command to start in a new session keyring; the shell keeps its own.")
  var command: [String] = []

  func run() throws {
    do { try SessionKeyring.probe() } catch {
      throw RenewError("kernel keyrings not available: \(error.text)")
    }
    guard command.isEmpty else { return try start() }
    let present: SessionKeyring.Present
    do { present = try SessionKeyring.present() } catch {
      throw RenewError("cannot inspect the session keyring: \(error.text)")
    }
    if present == .explicit(owner: geteuid()), let keyring = RenewedKeyring.adopted() {
      return report("kept", keyring)
    }
    let keyring = try RenewedKeyring.joined()
    do { try SessionKeyring.installInParent() } catch .notPermitted {
      throw RenewError(
        """
        the kernel does not replace the session keyring of this shell, which has threads, other user ids, or \
        a session keyring that another user owns; start a new shell: session-keyring renew -- COMMAND
        """)
    } catch {
      throw RenewError("cannot replace the shell's session keyring: \(error.text)")
    }
    report("renewed", keyring)
  }

  private func report(_ what: String, _ keyring: RenewedKeyring) {
    keyring.reportMissing()
    Output.standard.write(
      "\(what): session keyring \(keyring.serial.rawValue)\(keyring.linkedText)\n")
  }

  /// Becomes the command, execvp(3), with its words as they were given: they need not be UTF-8.
  private func start() throws {
    try RenewedKeyring.joined().reportMissing()
    let first = Int(CommandLine.argc) - command.count
    // SAFETY: the words of the command are the last ones of the process's own.
    var words = unsafe (0..<command.count).map { unsafe CommandLine.unsafeArgv[first + $0] } + [nil]
    guard let program = unsafe words.first ?? nil else { return }
    // SAFETY: a NULL ends the words, which the process keeps.
    _ = unsafe execvp(program, &words)
    let error = Errno.current
    let name = escaped(Array(command[0].utf8))
    Output.error.write("Error: cannot run \(name): \(error.text)\n")
    // As a shell has it.
    throw ExitCode(error.rawValue == ENOENT ? 127 : 126)
  }
}
