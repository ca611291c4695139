// SPDX-License-Identifier: BSD-3-Clause

import ArgumentParser
import Glibc
import ProcessCensus
import SystemText

struct ProcessesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ps",
    abstract: "Show which session keyring each process has, and which rely on the fallback.",
    discussion: """
      Asks the kernel about all processes, as root or with CAP_BPF and CAP_PERFMON, and changes nothing. \
      States, from good to bad:

      \(KeyringState.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))
      """)

  @Flag(help: "Show processes of logins alone: a login uid is set, or they are in user.slice.")
  var logins = false

  @Option(
    help: ArgumentHelp("Show processes of this user alone, by name or uid.", valueName: "name"))
  var user: String?

  @Flag(help: "Print a JSON object instead of text.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 if a process shown is in this state or a worse one, in the order "
        + "\(Self.order).", valueName: "state"))
  var failOn: KeyringState?

  private static let order = KeyringState.allCases.map(\.rawValue).joined(separator: ", ")

  func run() throws {
    let wanted = try user.map { name in
      guard let uid = AccountName.uid(of: name) else {
        throw ValidationError("no user '\(escaped(name.utf8))'")
      }
      return uid
    }
    let entries = CensusEntry.all(
      try KernelCensus.tasks(), units: ControlGroups.units(), at: Int64(time(nil))
    ).filter { (!logins || $0.isOfLogin) && (wanted == nil || $0.task.user == wanted) }
    Output.standard.write(
      json ? try ProcessesJSON(entries).json() : ProcessesReport(entries).text(on: .standard))
    if let failOn, entries.contains(where: { $0.state >= failOn }) { throw ExitCode(1) }
  }
}

extension KeyringState: ExpressibleByArgument {}
