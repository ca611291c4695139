// SPDX-License-Identifier: BSD-3-Clause

/// What a diff of the services' own files cannot do, and what does it.
public struct AdviceNote: Hashable, Sendable {
  public let services: [String]
  public let text: String
  /// A command to run, or what to write into another program's configuration; nil where nothing is to be done.
  public let command: String?

  enum Reason: Hashable {
    /// The module that the lines name does not exist.
    case notInstalled
    /// The administrator asked for it by this line.
    case chosen(SourceLocation)
    case obstacle(ServiceFile.Obstacle)
    /// No change of the service's own lines is enough.
    case shared(Culprit?)
    case undecided(SyntaxError)
    case tooManyStates

    /// Whether a change made for another service may allow one for this.
    var dependsOnOtherServices: Bool { if case .shared = self { true } else { false } }
  }

  /// One for each reason, in the order of the first service that has it.
  static func all(_ reasons: [String: Reason]) -> [AdviceNote] {
    Dictionary(grouping: reasons.keys.sorted()) { reasons[$0] }
      .sorted { $0.value[0] < $1.value[0] }
      .compactMap { reason, services in reason.map { AdviceNote(services, $0) } }
  }

  private init(_ services: [String], _ reason: Reason) {
    self.services = services
    (text, command) = reason.wording(for: services)
  }
}
