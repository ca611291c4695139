// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser
import PAMConfiguration

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Tell which services of a PAM configuration give their sessions an explicit keyring.",
    discussion: """
      Reads the configuration as libpam does, and says for each service: explicit, conditional (only \
      if the daemon brought no session keyring along), discarded (made, and replaced by a later line), \
      never, or unknown, and why.
      """)

  @Option(
    help: ArgumentHelp("The machine's root directory: a chroot or an image.", valueName: "dir"))
  var root = "/"

  @Flag(help: "Print an array of objects, one for each service.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 if a service has this verdict, or one further on in the list above.",
      valueName: "level"))
  var failOn: Verdict?

  @Argument(help: "The services to judge; all that have a file, if none is named.")
  var services: [String] = []

  func run() throws {
    let audit = Audit(try FileTree(root: root))
    guard audit.hasConfiguration else {
      throw ValidationError("\(root): no /etc/pam.d, /usr/lib/pam.d or /etc/pam.conf")
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
