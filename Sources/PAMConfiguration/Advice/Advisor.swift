// SPDX-License-Identifier: BSD-3-Clause

/// Changes services' own files, one after the other, in a copy of the tree that exists in memory alone, and keeps
/// what leaves every service as open as it was.
struct Advisor {
  let files: FileTree
  private let modules: ModuleDirectories
  /// The services that a file takes part in, and those with a line that libpam cannot use.
  private var readers: [String: Set<String>] = [:]
  private var withErrors: Set<String> = []
  /// What each changed file held, and, for a new one, of which file it is a copy.
  private(set) var originals:
    [String: (contents: [UInt8], copied: String?, services: Set<String>)] = [:]
  private(set) var notes: [String: AdviceNote.Reason] = [:]

  init(_ audit: Audit, services: [String]) {
    files = FileTree(copying: audit.files)
    modules = audit.modules
    for service in Set(audit.services() + services + ["other", Self.withoutFile]) { note(service) }
  }

  /// A service that has no file, and so the lines of `other`. Of a service called `other` libpam reads them twice.
  private static let withoutFile = "other/"

  private func areExplicit(_ sessions: ServiceSessions, of service: String) -> Bool {
    sessions.areExplicit && (service != "other" || self.sessions(Self.withoutFile).areExplicit)
  }

  private mutating func note(_ service: String) {
    let reading = ServiceReading(service, in: files, steps: StepCount(files.steps))
    for file in reading.files {
      readers[files.target(of: file) ?? file, default: []].insert(service)
    }
    if !reading.isUsable || reading.hasErrors { withErrors.insert(service) }
  }

  private func sessions(_ service: String) -> ServiceSessions {
    ServiceSessions(service, in: files, isInstalled: modules.isInstalled)
  }

  func contents(of target: String) -> [UInt8] { files.bytes(at: target) ?? [] }

  /// Repairs what can be repaired; true if anything was changed.
  mutating func repair(_ service: String) -> Bool {
    notes[service] = nil
    guard !KnownServices.opensNoSession(service) else { return false }
    let sessions = sessions(service)
    guard sessions.reading.isUsable else {
      if let error = sessions.reading.obstacle { notes[service] = .undecided(error) }
      return false
    }
    guard !sessions.dispatch.exceedsLimit else {
      notes[service] = .tooManyStates
      return false
    }
    // Where no session opens there is no keyring to speak of.
    guard !sessions.dispatch.opened.isEmpty else { return false }
    if !areExplicit(sessions, of: service) {
      guard !sessions.reading.usesOther else { return repairOther(of: service) }
      return repair(service, sessions, by: { $0.forSession() }, until: { $0.areExplicit })
    }
    guard KnownServices.hasCredentials(service), !sessions.keepCredentials else { return false }
    return repair(
      service, sessions, by: { $0.forCredentials() },
      until: { $0.areExplicit && $0.keepCredentials })
  }

  private mutating func repairOther(of service: String) -> Bool {
    let isChanged = repair("other")
    notes[service] = sessions(service).areExplicit ? nil : notes["other"] ?? .shared(nil)
    return isChanged
  }

  private mutating func repair(
    _ service: String, _ sessions: ServiceSessions, by candidates: (Candidates) -> [Repair],
    until isReached: (ServiceSessions) -> Bool
  ) -> Bool {
    if let choice = sessions.choice {
      notes[service] = .chosen(choice)
      return false
    }
    guard isModuleInstalled else {
      notes[service] = .notInstalled
      return false
    }
    let file: ServiceFile
    do {
      file = try ServiceFile(service, in: files)
    } catch {
      notes[service] = .obstacle(error)
      return false
    }
    let concerned = concerned(by: file, of: service)
    for proposal in candidates(Candidates(file: file, sessions: sessions))
    where accept(proposal, file, service, concerned, until: isReached) { return true }
    notes[service] = .shared(culprit(sessions, file))
    return false
  }

  /// Whether the line that is written finds its module: the one that is written by its bare name.
  private var isModuleInstalled: Bool { modules.isInstalled(Handler.ofModule) }

  /// The services that a change of the file may change, as they are.
  private func concerned(by file: ServiceFile, of service: String) -> [String: ServiceSessions] {
    var names = readers[files.target(of: file.path) ?? file.path, default: []].union([service])
    // What includes a file that did not exist may find the copy.
    if file.isCopied { names.formUnion(withErrors) }
    return Dictionary(uniqueKeysWithValues: names.map { ($0, sessions($0)) })
  }

  /// Tries a change out, and keeps it if all that read the file stay as they are.
  private mutating func accept(
    _ proposal: Repair, _ file: ServiceFile, _ service: String,
    _ concerned: [String: ServiceSessions], until isReached: (ServiceSessions) -> Bool
  ) -> Bool {
    let (contents, added) = proposal.applied(to: file.contents)
    files.replace(file.target, with: contents)
    let removed = LinesOfFile(paths: files.paths(of: file.path), numbers: proposal.removed)
    let holds = concerned.allSatisfy { name, before in
      let after = sessions(name)
      let added = LinesOfFile(paths: files.paths(of: file.target), numbers: added)
      let isOpen = after.areOpen(as: before, without: removed, with: added)
      guard isOpen, name == service else {
        return isOpen && (after.areExplicit || !before.areExplicit)
      }
      return isReached(after) && areExplicit(after, of: service)
    }
    guard holds else {
      files.replace(file.target, with: originals[file.target] == nil ? nil : file.contents)
      return false
    }
    let copied = file.isCopied ? file.path : nil
    originals[file.target, default: (file.contents, copied, [])].services.insert(service)
    if file.isCopied { for name in concerned.keys { note(name) } }
    return true
  }
}

extension Handler {
  /// The line that is written, wherever.
  fileprivate static let ofModule = Handler(
    kind: .module(path: "pam_session_keyring.so", arguments: []),
    location: SourceLocation(file: "", line: nil), control: .optional, level: 0, words: [],
    outermostLine: 0)
}
