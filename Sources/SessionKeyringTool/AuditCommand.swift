// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser
import PAMConfiguration

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract:
      "Show which services of a PAM configuration give their sessions an explicit session keyring.",
    discussion: """
      Reads the configuration as libpam does, and prints a verdict for each service: explicit, \
      conditional (unless the program inherited a session keyring), discarded (created, and replaced by \
      a later line), never, or unknown; then the findings.
      """)

  @Option(
    help: ArgumentHelp("Root directory of a chroot or an image to judge.", valueName: "dir"))
  var root = "/"

  @Flag(help: "Print a JSON array with an object for each service.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 if a service has this verdict or a worse one.",
      valueName: "level"))
  var failOn: Verdict?

  @Argument(help: "Services to judge; without any, all that have a file.")
  var services: [String] = []

  func run() throws {
    let audit = Audit(try FileTree(root: root))
    guard audit.hasConfiguration else {
      throw ValidationError(
        "no PAM configuration in \(root): no /etc/pam.d, /usr/lib/pam.d or /etc/pam.conf")
    }
    let judged = (services.isEmpty ? audit.services() : services).map(audit.judge)
    Output.standard.write(
      json
        ? try AuditReport.json(judged)
        : AuditReport.text(judged, isColored: Output.standard.takesColor))
    if let failOn, judged.contains(where: { $0.verdict >= failOn }) { throw ExitCode(1) }
  }
}

extension Verdict: ExpressibleByArgument {}
