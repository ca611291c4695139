// SPDX-License-Identifier: BSD-3-Clause

/// Reads a service's files into stacks as `_pam_init_handlers` in libpam/pam_handlers.c does,
/// pam_start(3).
struct StackReader {
  let files: FileTree
  /// The service's own lines, and those of `other`.
  var own = Stacks()
  var other = Stacks()
  /// What libpam cannot read, and goes on.
  private(set) var errors = SyntaxErrors()
  /// The first line of each file that ends with a carriage return.
  private(set) var carriageReturns: [SourceLocation] = []
  /// Whether libpam refuses the service, since it does not come to the end of its files.
  private(set) var isRefused = false

  /// The files that are being read, from the service's own on, and the level at which each began.
  private(set) var reading: [(path: String, level: Int)] = []

  /// All that were read.
  private(set) var filesRead: Set<String> = []
  /// The line of the first of them that is being read.
  private(set) var outermostLine = 0

  /// Before 1.6 libpam includes as long as it can open files: RLIMIT_NOFILE, which is different in each program.
  private static let depthLimit = 256

  /// Files that include each other twice over, level after level, make more lines than any machine can hold.
  private let steps: StepCount

  init(_ files: FileTree, steps: StepCount) { (self.files, self.steps) = (files, steps) }

  /// Which lines of a file count.
  enum Scope {
    case any
    /// Those of one type, in a file that a line of that type includes.
    case only(ModuleType)
  }

  /// Reads all that libpam reads for a service, pam.conf(5): its file and that of `other`, or the
  /// single file where there is no directory of them.
  mutating func read(service: String) throws(SyntaxError) {
    guard files.hasDirectories else {
      isRefused = try !read(
        file: Libpam.single, service: service, hasServiceField: true, scope: .any, level: 0)
      return
    }
    isRefused = true
    // A service that is called `other` has its file read twice.
    for name in [service, "other"] {
      guard let path = Self.file(of: name, in: files) else { continue }
      isRefused = try !read(file: path, service: name, scope: .any, level: 0)
      if isRefused { return }
    }
  }

  /// The lines that libpam follows for a service: its own, or those of `other` where it has none.
  var session: [Handler] { own.session.isEmpty ? other.session : own.session }
  var auth: [Handler] { own.auth.isEmpty ? other.auth : own.auth }

  /// Whether the session lines are those of `other`.
  func usesOther(for service: String) -> Bool { own.session.isEmpty && service != "other" }

  mutating func report(_ text: @autoclosure () -> String, _ context: Context) {
    errors.note(context.location, text())
  }

  /// The file in which libpam finds a service; nil if it does not exist.
  static func file(of service: String, in files: FileTree) -> String? {
    files.libpam.directories.map { "\($0)/\(service)" }.first { files.entry(at: $0) != .missing }
  }

  /// Reads a file; false where libpam gives up on it.
  mutating func read(
    file path: String, service: String, hasServiceField: Bool = false, scope: Scope, level: Int
  ) throws(SyntaxError) -> Bool {
    func location(_ line: Int?) -> SourceLocation { SourceLocation(file: path, line: line) }
    let contents: FileLines
    switch files.entry(at: path) {
    case .file(let lines):
      contents = lines
      guard !lines.dependsOnVersion else {
        throw SyntaxError(
          location(lines.nulLine),
          lines.nulLine == nil ? Wording.continuationDependsOnVersion : Wording.nulDependsOnVersion)
      }
    // It opens, and then there is nothing to read.
    case .directory: return true
    case .missing: return false
    case .unreadable(let reason): throw SyntaxError(location(nil), reason)
    }
    // libpam before 1.6 goes on until it has no more descriptors to open the file with.
    guard
      files.libpam.readsAsSince1_6 == true
        || !reading.contains(where: { $0.path == path && $0.level == level })
    else {
      throw SyntaxError(location(nil), Wording.includesItself)
    }
    guard reading.count < Self.depthLimit else {
      throw SyntaxError(location(nil), Wording.moreFiles(deep: Self.depthLimit))
    }
    reading.append((path, level))
    filesRead.insert(path)
    defer { reading.removeLast() }

    let lines = hasServiceField ? files.lines(of: service) : contents.lines
    if let line = contents.nulLine, !hasServiceField || lines.contains(where: { $0.number == line })
    {
      errors.note(location(line), Wording.nul)
    }
    for line in lines {
      if reading.count == 1 { outermostLine = line.number }
      guard steps.take(1 + line.text.count / 64) else {
        throw SyntaxError(location(line.number), Wording.tooManyLines)
      }
      if line.text.last == UInt8(ascii: "\r"), !carriageReturns.contains(where: { $0.file == path })
      {
        carriageReturns.append(location(line.number))
      }
      var words = Words(line.text)
      var name = service
      if hasServiceField {
        name = text(words.next() ?? []).lowercased()
      }
      let context = Context(
        location: location(line.number), service: name, scope: scope, level: level)
      guard try read(&words, context) else { return false }
    }
    if let line = contents.overlongLine {
      throw SyntaxError(location(line), Wording.overlongLine)
    }
    if let line = contents.unfinishedLine {
      errors.note(location(line), Wording.unfinishedLine)
      return false
    }
    return true
  }
}

extension FileTree {
  /// The lines of the single file that are a service's, or `other`'s.
  fileprivate func lines(of service: String) -> [Line] {
    Set([service, "other"]).flatMap { linesOfServices[$0] ?? [] }.sorted { $0.number < $1.number }
  }
}
