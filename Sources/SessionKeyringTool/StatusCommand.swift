// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the calling process's session keyring.")
  func run() throws { throw ExitCode(1) }
}
