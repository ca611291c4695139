// SPDX-License-Identifier: BSD-3-Clause

/// Changes services' own files, one after the other, in a copy of the tree that exists in memory alone, and keeps
/// what leaves every service as open as it was.
struct Advisor {
  let files: FileTree
  private let modules: ModuleDirectories
  /// The services that a file takes part in, and those with a line that libpam cannot use.
  private(set) var readers: [String: Set<String>] = [:]
  private(set) var withErrors: Set<String> = []
  /// What each changed file held, and, for a new one, of which file it is a copy.
  var originals: [String: (contents: [UInt8], copied: String?, services: Set<String>)] = [:]
  private(set) var notes: [String: AdviceNote.Reason] = [:]
  /// How many changes were kept.
  var changeCount = 0
  private let services: Set<String>

  init(_ audit: Audit, services: Set<String>) {
    self.services = services
    files = FileTree(copying: audit.files)
    modules = audit.modules
    for service in services.union(audit.services() + ["other", Self.withoutFile]) { note(service) }
  }

  /// A service that has no file, and so the lines of `other`. Of a service called `other` libpam reads them twice.
  private static let withoutFile = "other/"

  func areExplicit(_ sessions: ServiceSessions, of service: String) -> Bool {
    sessions.areExplicit && (service != "other" || self.sessions(Self.withoutFile).areExplicit)
  }

  mutating func note(_ service: String) {
    let reading = ServiceReading(service, in: files, steps: StepCount(files.steps))
    for file in reading.files {
      readers[files.target(of: file) ?? file, default: []].insert(service)
    }
    if !reading.isUsable || reading.hasErrors { withErrors.insert(service) }
  }

  func sessions(_ service: String) -> ServiceSessions {
    ServiceSessions(service, in: files, isInstalled: modules.isInstalled)
  }

  func contents(of target: String) -> [UInt8] { files.bytes(at: target) ?? [] }

  /// Repairs what can be repaired, each service even where one before was changed. Returns those that need another
  /// look.
  mutating func repair(_ services: [String]) -> Set<String> {
    let earlier = changeCount
    let affected = services.reduce(into: Set()) { $0.formUnion(repair($1)) }
    guard changeCount > earlier else { return [] }
    return affected.union(notes.filter { $0.value.dependsOnOtherServices }.keys)
  }

  /// Returns the services that read a file that was changed; the service itself only if its auth lines are still to
  /// be looked at.
  private mutating func repair(_ service: String) -> Set<String> {
    notes[service] = nil
    guard !KnownServices.opensNoSession(service) else { return [] }
    let sessions = sessions(service)
    guard sessions.reading.isUsable else {
      if let error = sessions.reading.obstacle { notes[service] = .undecided(error) }
      return []
    }
    guard !sessions.dispatch.exceedsLimit else {
      notes[service] = .tooManyStates
      return []
    }
    // Where no session opens there is no keyring to speak of.
    guard !sessions.dispatch.opened.isEmpty else { return [] }
    let hasCredentials = KnownServices.hasCredentials(service)
    if !areExplicit(sessions, of: service) {
      guard !sessions.reading.usesOther else { return repairOther(of: service) }
      let affected = repair(
        service, sessions, by: { $0.forSession() }, until: { $0.areExplicit })
      return hasCredentials ? affected : affected.subtracting([service])
    }
    guard hasCredentials, !sessions.keepCredentials else { return [] }
    return repair(
      service, sessions, by: { $0.forCredentials() },
      until: { $0.areExplicit && $0.keepCredentials })
  }

  private mutating func repairOther(of service: String) -> Set<String> {
    let affected = repair("other")
    notes[service] = sessions(service).areExplicit ? nil : notes["other"] ?? .shared(nil)
    if !services.contains("other") { notes["other"] = nil }
    return affected
  }

  private mutating func repair(
    _ service: String, _ sessions: ServiceSessions, by candidates: (Candidates) -> [Repair],
    until isReached: (ServiceSessions) -> Bool
  ) -> Set<String> {
    if let choice = sessions.choice {
      notes[service] = .chosen(choice)
      return []
    }
    guard isModuleInstalled else {
      notes[service] = .notInstalled
      return []
    }
    let file: ServiceFile
    do {
      file = try ServiceFile(service, in: files)
    } catch {
      notes[service] = .obstacle(error)
      return []
    }
    let concerned = concerned(by: file, of: service, sessions)
    for proposal in candidates(Candidates(file: file, sessions: sessions))
    where accept(proposal, file, service, concerned, until: isReached) {
      return Set(concerned.keys)
    }
    notes[service] = .shared(culprit(sessions, file))
    return []
  }

  /// Whether the line that is written finds its module: the one that is written by its bare name.
  private var isModuleInstalled: Bool { modules.isInstalled(Handler.ofModule) }
}

extension Handler {
  /// The line that is written, wherever.
  fileprivate static let ofModule = Handler(
    kind: .module(path: "pam_session_keyring.so", arguments: []),
    location: SourceLocation(file: "", line: nil), control: .optional, level: 0, words: [],
    outermostLine: 0)
}
