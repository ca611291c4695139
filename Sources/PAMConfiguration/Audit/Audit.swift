// SPDX-License-Identifier: BSD-3-Clause

/// The verdict on one service, and what was found in its files.
public struct ServiceAudit: Hashable, Sendable {
  public let service: String
  /// The service's own file; nil if it has none.
  public let path: String?
  public let verdict: Verdict
  /// The line that decides, or the file in which one is missing.
  public let location: SourceLocation
  public let findings: [Finding]
}

/// Judges the services of a machine, or of an image or a chroot.
public struct Audit {
  let files: FileTree
  let modules: ModuleDirectories

  public init(_ files: FileTree) {
    self.files = files
    modules = ModuleDirectories(files)
  }

  /// Whether there is anything to read.
  public var hasConfiguration: Bool {
    files.hasDirectories || files.exists(Libpam.single)
  }

  /// Where there could be something to read.
  public var places: [String] {
    files.hasDirectories
      ? files.libpam.directories.filter(files.isDirectory)
      : files.libpam.directories + [Libpam.single]
  }

  /// The name under which libpam looks a service up, pam_start(3): the last part of a path, in small
  /// letters.
  public static func name(_ service: String) -> String {
    (service.split(separator: "/").last.map(String.init) ?? service).lowercased()
  }

  /// Judges one service, whether it has a file or not.
  public func judge(_ name: String) -> ServiceAudit {
    if let directory = files.invalidNames[name] { return notUTF8(name, in: directory) }
    let service = Self.name(name)
    let path = path(of: service)
    func audit(_ verdict: Verdict, _ location: SourceLocation, _ findings: [Finding])
      -> ServiceAudit
    {
      ServiceAudit(
        service: service, path: path, verdict: verdict, location: location, findings: findings)
    }
    let start = SourceLocation(
      file: path ?? StackReader.file(of: "other", in: files) ?? Libpam.single, line: nil)
    let steps = StepCount(files.steps)
    var reader = StackReader(files, steps: steps)
    func undecided(_ error: SyntaxError) -> ServiceAudit {
      let others =
        error.text == Wording.tooManyLines ? [] : reader.errors.summarized(without: error)
      return audit(
        .unknown, error.location,
        [Finding(.undecided, error.location, error.text)] + reader.carriageReturnFindings
          + others.map(Finding.init))
    }
    do {
      try reader.read(service: service)
    } catch {
      return undecided(error)
    }
    guard !reader.isRefused else {
      let error = reader.errors.last
      return undecided(
        SyntaxError(error?.location ?? start, Wording.refused(because: error?.text)))
    }
    let errors =
      reader.carriageReturnFindings + reader.errors.summarized().map(Finding.init)
    guard !KnownServices.opensNoSession(service) else { return audit(.closed, start, errors) }
    let judge = StackJudge(
      session: reader.session, auth: reader.auth, start: start,
      hasInvoker: KnownServices.isByInvoker(service), steps: steps,
      isInstalled: modules.isInstalled)
    var (verdict, location, findings) = judge.judge()
    if reader.usesOther(for: service), verdict != .closed {
      findings.append(Finding(.usesOther, start, Wording.usesOther))
    }
    return audit(verdict, location, findings + errors)
  }

  private func notUTF8(_ name: String, in directory: String) -> ServiceAudit {
    let location = SourceLocation(file: directory, line: nil)
    return ServiceAudit(
      service: name, path: nil, verdict: .unknown, location: location,
      findings: [Finding(.undecided, location, Wording.nameNotUTF8)])
  }
}

extension StackReader {
  fileprivate var carriageReturnFindings: [Finding] {
    carriageReturns.map { Finding(.carriageReturn, $0, Wording.carriageReturn) }
  }
}
