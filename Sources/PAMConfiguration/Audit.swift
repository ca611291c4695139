// SPDX-License-Identifier: BSD-3-Clause

/// What an audit says of one service.
public struct ServiceAudit: Hashable, Sendable {
  public let service: String
  public let verdict: Verdict
  /// The line that decides, or the file in which one is missing.
  public let place: Place
  public let findings: [Finding]
}

/// Judges the services of a machine, or of an image or a chroot.
public struct Audit {
  let files: FileTree
  private let modules: ModuleDirectories

  public init(_ files: FileTree) {
    self.files = files
    modules = ModuleDirectories(files)
  }

  /// Whether there is anything to read.
  public var hasConfiguration: Bool {
    StackReader.directories.contains(where: files.isDirectory) || files.exists(StackReader.single)
  }

  /// The name under which libpam looks a service up, pam_start(3): the last part of a path, in small
  /// letters.
  public static func name(_ service: String) -> String {
    (service.split(separator: "/").last.map(String.init) ?? service).lowercased()
  }

  /// Judges one service, whether it has a file or not.
  public func judge(_ name: String) -> ServiceAudit {
    let service = Self.name(name)
    let start = Place(
      file: StackReader.file(of: service, in: files) ?? StackReader.file(of: "other", in: files)
        ?? StackReader.single, line: nil)
    var reader = StackReader(files)
    do {
      try reader.read(service: service)
    } catch {
      return undecided(service, error.problem.place, error.problem.text, reader.problems)
    }
    if reader.isRefused {
      let problem = reader.problems.last
      return undecided(
        service, problem?.place ?? start,
        "libpam refuses the service: " + (problem?.text ?? "it finds no file for it"),
        reader.problems.dropLast())
    }
    let usesOther = reader.own.session.isEmpty && service != "other"
    let judge = StackJudge(
      session: reader.own.session.isEmpty ? reader.other.session : reader.own.session,
      auth: reader.own.auth.isEmpty ? reader.other.auth : reader.own.auth,
      start: start, isInstalled: modules.isInstalled)
    var (verdict, place, findings) = judge.judge()
    if usesOther {
      findings.append(Finding(.usesOther, start, "no session line, so that those of other count"))
    }
    return ServiceAudit(
      service: service, verdict: verdict, place: place,
      findings: findings + reader.problems.map(Finding.init))
  }

  private func undecided(
    _ service: String, _ place: Place, _ text: String, _ problems: some Sequence<Problem>
  ) -> ServiceAudit {
    ServiceAudit(
      service: service, verdict: .unknown, place: place,
      findings: [Finding(.undecided, place, text)] + problems.map(Finding.init))
  }
}

extension Finding {
  init(_ problem: Problem) { self.init(.unreadable, problem.place, problem.text) }
}
