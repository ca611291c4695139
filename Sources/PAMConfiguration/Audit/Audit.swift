// SPDX-License-Identifier: BSD-3-Clause

/// The verdict on one service, and what was found in its files.
public struct ServiceAudit: Hashable, Sendable {
  public let service: String
  public let verdict: Verdict
  /// The line that decides, or the file in which one is missing.
  public let location: SourceLocation
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
    let start = SourceLocation(
      file: StackReader.file(of: service, in: files) ?? StackReader.file(of: "other", in: files)
        ?? StackReader.single, line: nil)
    var reader = StackReader(files)
    do {
      try reader.read(service: service)
    } catch {
      return undecided(service, error, reader.errors)
    }
    guard !reader.isRefused else {
      let error = reader.errors.last
      let refusal = SyntaxError(error?.location ?? start, Wording.refused(because: error?.text))
      return undecided(service, refusal, reader.errors.dropLast())
    }
    let usesOther = reader.own.session.isEmpty && service != "other"
    let judge = StackJudge(
      session: reader.own.session.isEmpty ? reader.other.session : reader.own.session,
      auth: reader.own.auth.isEmpty ? reader.other.auth : reader.own.auth,
      start: start, isInstalled: modules.isInstalled)
    var (verdict, location, findings) = judge.judge()
    if usesOther { findings.append(Finding(.usesOther, start, Wording.usesOther)) }
    return ServiceAudit(
      service: service, verdict: verdict, location: location,
      findings: findings + reader.errors.map(Finding.init))
  }

  /// The verdict on a service whose files libpam reads no further than to this error.
  private func undecided(
    _ service: String, _ error: SyntaxError, _ others: some Sequence<SyntaxError>
  ) -> ServiceAudit {
    ServiceAudit(
      service: service, verdict: .unknown, location: error.location,
      findings: [Finding(.undecided, error.location, error.text)] + others.map(Finding.init))
  }
}
