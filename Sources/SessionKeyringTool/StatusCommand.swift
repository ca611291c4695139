// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show the session keyring that this program was started with, without changing it.",
    discussion: """
      Exits with status 0 if it is explicit, and with 1 if it is implicit, cannot be used or does not exist.
      """)

  func run() throws {
    let report = try StatusReport()
    Output.standard.write(report.text(isColored: Output.standard.takesColor))
    guard case .explicit = report.state else { throw ExitCode(1) }
  }
}
