// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser
import PAMConfiguration
import SystemText

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract:
      "Show which services of a PAM configuration give their sessions an explicit session keyring.",
    usage: "session-keyring audit [<options>] [<services> ...]",
    discussion: """
      Reads the configuration as libpam does, and prints a verdict for each service, then the findings. \
      Verdicts, from good to bad:

      \(Verdict.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))
      """)

  @Option(
    help: ArgumentHelp("Root directory of a chroot or an image to judge.", valueName: "dir"))
  var root = "/"

  @Flag(help: "Print a JSON object instead of text.")
  var json = false

  @Flag(help: "Print a diff that gives each service such a session keyring, for patch(1).")
  var diff = false

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 if a service has this verdict or a worse one, in the order \(Self.order).",
      valueName: "level"))
  var failOn: Verdict?

  @Argument(help: "Services to judge; without any, all that have a file.")
  var services: [String] = []

  private static let order = Verdict.allCases.map(\.rawValue).joined(separator: ", ")

  func validate() throws {
    if diff, json { throw ValidationError("--diff and --json exclude each other") }
  }

  func run() throws {
    let files = try FileTree(root: root)
    let audit = Audit(files)
    let shown = escaped(root.utf8)
    guard files.libpam.kind != .openPAM else {
      throw AuditError(
        "\(shown) has OpenPAM (\(files.libpam.kindSource ?? "")), which is not judged")
    }
    guard audit.hasConfiguration else {
      throw AuditError(
        "no PAM configuration in \(shown): no \(audit.places.joined(separator: ", "))")
    }
    if let directory = audit.overfullDirectory {
      throw AuditError("too many files in \(directory) of \(shown)")
    }
    let names = services.isEmpty ? audit.services() : services.map(Audit.name)
    guard !names.isEmpty else {
      throw AuditError(
        "no services in \(shown): nothing in \(audit.places.joined(separator: ", "))")
    }
    if let missing = services.map(Audit.name).first(where: { audit.path(of: $0) == nil }) {
      throw AuditError(
        "no service '\(escaped(missing.utf8))' in \(shown): no such file in "
          + audit.places.joined(separator: ", "))
    }
    let judged = names.map(audit.judge)
    let advice = audit.advice(for: names)
    let report = AuditReport(root: root, libpam: files.libpam, services: judged, advice: advice)
    if diff {
      AuditDiff.print(advice)
    } else {
      Output.standard.write(
        json ? try report.json() : report.text(isColored: Output.standard.takesColor))
    }
    if let failOn, report.services.contains(where: { $0.verdict >= failOn }) { throw ExitCode(1) }
  }
}

/// Why nothing is judged: exit status 2.
struct AuditError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

extension Verdict: ExpressibleByArgument {}
