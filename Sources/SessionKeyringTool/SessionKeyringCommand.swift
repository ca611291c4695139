// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser
import Glibc

/// `session-keyring`, the program.
@main
struct SessionKeyringCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session-keyring",
    abstract: "Show which logins rely on the implicit session keyring.",
    version: Version.text,
    subcommands: [StatusCommand.self, ProcessesCommand.self, AuditCommand.self, RenewCommand.self])

  /// Exit status of any failure, a wrong command line too: 1 is an answer here.
  private static let failure: Int32 = 2

  static func main() {
    // Swift reads the arguments in /proc. In a chroot without it every command line would be empty, and
    // ask for help.
    guard !CommandLine.arguments.isEmpty else {
      Output.error.write("Error: cannot read the command line: /proc is not mounted\n")
      Glibc.exit(failure)
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let status = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty {
        (status.isSuccess ? Output.standard : .error).write(message + "\n")
      }
      Glibc.exit(status.isSuccess || error is ExitCode ? status.rawValue : failure)
    }
  }
}
