// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "audit", abstract: "Judge the services of a PAM configuration.")
  func run() throws { throw ExitCode(1) }
}
