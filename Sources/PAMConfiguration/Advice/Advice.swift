// SPDX-License-Identifier: BSD-3-Clause

/// What gives every session of some services an explicit session keyring that links the user session keyring, and
/// closes or opens none: changes of the services' own files, and what cannot be done by that.
public struct Advice: Sendable {
  /// Sorted by the path of the file.
  public let changes: [FileChange]
  public let notes: [AdviceNote]

  /// More rounds than changes that wait for each other.
  private static let rounds = 4

  init(_ audit: Audit, for services: [String]) {
    let services = Set(services.map(Audit.name))
    var advisor = Advisor(audit, services: services)
    var pending = services
    for _ in 0..<Self.rounds where !pending.isEmpty {
      pending = services.intersection(advisor.repair(pending.sorted()))
    }
    changes = advisor.originals.sorted { $0.key < $1.key }.map { target, original in
      FileChange(
        path: target, copied: original.copied, services: original.services.sorted(),
        before: original.contents, after: advisor.contents(of: target))
    }
    notes = AdviceNote.all(advisor.notes)
  }

  /// The changes in the format of diff(1), for patch(1) with `-p1 -d /`.
  public var diff: [UInt8] { changes.flatMap(\.diff) }
}

/// A change of one file.
public struct FileChange: Sendable {
  /// The file to write.
  public let path: String
  /// The package's file that the new file is a copy of; nil if it is not new.
  public let copied: String?
  /// The services whose lines are changed.
  public let services: [String]
  /// What it holds, or what the package's file does.
  public let before: [UInt8]
  public let after: [UInt8]

  /// What to do when the file is written: a user manager that runs keeps the session keyring it was started with.
  public var afterwards: String? {
    path.hasSuffix("/systemd-user")
      ? "end the user managers that run, which keep their keyring: loginctl terminate-user USER"
      : nil
  }
}

extension [String] {
  /// The first few, for a line.
  public var listed: String {
    let rest = count > 4 ? " and \(count - 3) more" : ""
    return prefix(rest.isEmpty ? 4 : 3).joined(separator: ", ") + rest
  }
}

extension Audit {
  /// What to change for these services.
  public func advice(for services: [String]) -> Advice { Advice(self, for: services) }
}
