// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc
internal import LinuxKeyrings
public import SystemText

/// A machine's files, or those of an image or a chroot that is mounted somewhere. Whoever made it may mean harm:
/// no link leads out of it, nothing but regular files and directories is opened, and of these no more is read
/// than a machine has.
public final class FileTree {
  /// What is at a path.
  enum Entry: Equatable {
    case file(FileLines)
    case directory
    case missing
    /// It exists, and is not read, for this reason.
    case unreadable(String)
  }

  let root: CInt
  /// Which libpam reads the files.
  public private(set) lazy var libpam = Libpam(of: self)
  var entries: [String: Entry] = [:]
  /// Where each path leads, and the paths that were read by the path that they lead to.
  private var resolved: [String: String?] = [:]
  var aliases: [String: Set<String>] = [:]
  /// What is to be read in the place of files, by the path that names no link.
  var replacements: [String: [UInt8]] = [:]
  /// What regular files hold: links can give one file many names.
  private var files: [FileIdentity: Entry] = [:]
  var linesOfSingleFile: [String: [Line]]?
  /// Names of services that are not UTF-8, as they are shown, and the directory of each.
  private(set) lazy var invalidNames: [String: String] = Dictionary(
    libpam.directories.flatMap { directory in
      invalidNames(in: directory).map { ($0, directory) }
    }
  ) { first, _ in first }
  /// What the services of the tree share.
  let steps: StepCount.Store
  private var lookUpsLeft = lookUpLimit
  private var memoryLeft = memoryLimit

  /// More than any configuration file holds.
  static let limit = 1 << 20
  /// What all of them may take, some 40,000 files.
  static let memoryLimit = 1 << 26
  /// The paths that are looked at.
  static let lookUpLimit = 200_000
  /// What a line takes beside its text.
  private static let lineSize = 128

  /// Opens the tree below a directory, open(2). Throws what that fails with.
  public init(root path: String) throws(ReadError) {
    root = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    steps = StepCount.Store()
    guard root >= 0 else { throw ReadError(path, .open(.current)) }
  }

  /// The same tree, in which files can be replaced without a change of the other.
  init(copying other: FileTree) {
    root = fcntl(other.root, F_DUPFD_CLOEXEC, 0)
    (entries, files, steps) = (other.entries, other.files, other.steps)
    (resolved, aliases, replacements) = (other.resolved, other.aliases, other.replacements)
    (lookUpsLeft, memoryLeft) = (other.lookUpsLeft, other.memoryLeft)
    libpam = other.libpam
  }

  deinit { close(root) }

  /// What is at an absolute path of the tree. Each path is read once: services share most of their files.
  func entry(at path: String) -> Entry {
    if let known = entries[path] { return known }
    guard lookUpsLeft > 0 else { return .unreadable(Wording.tooManyFiles) }
    lookUpsLeft -= 1
    let target = resolve(path) ?? path
    aliases[target, default: []].insert(path)
    let entry =
      replacements[target].map { .file(FileLines($0, readsAsSince1_6: libpam.readsAsSince1_6)) }
      ?? read(path)
    entries[path] = entry
    return entry
  }

  func isDirectory(_ path: String) -> Bool { entry(at: path) == .directory }

  /// The lines of each service that the single file names, pam.conf(5).
  var linesOfServices: [String: [Line]] {
    if let known = linesOfSingleFile { return known }
    guard case .file(let contents) = entry(at: Libpam.single) else { return [:] }
    let lines = Dictionary(grouping: contents.lines) { line in
      var words = Words(line.text)
      return String(decoding: words.next() ?? [], as: UTF8.self).lowercased()
    }.filter { !$0.key.isEmpty }
    linesOfSingleFile = lines
    return lines
  }

  private func read(_ path: String) -> Entry {
    let file: CInt
    do throws(Errno) { file = try open(path) } catch {
      return [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(error.rawValue)
        ? .missing : .unreadable(Wording.cannotRead(.open(error)))
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else {
      return .unreadable(Wording.cannotRead(.read(.current)))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { return .directory }
    let identity = FileIdentity(status)
    if let known = files[identity] { return known }
    let entry = contents(of: file, at: path)
    files[identity] = entry
    return entry
  }

  private func contents(of file: CInt, at path: String) -> Entry {
    do throws(ReadError) {
      let bytes = try SmallFile.contents(of: file, at: path, limit: Self.limit)
      guard bytes.count <= memoryLeft else { return .unreadable(Wording.tooMuchText) }
      let lines = FileLines(bytes, readsAsSince1_6: libpam.readsAsSince1_6)
      memoryLeft -= bytes.count + lines.lines.count * Self.lineSize
      return .file(lines)
    } catch {
      return .unreadable(Wording.cannotRead(error.cause))
    }
  }

  /// The path of what a path leads to, without a symbolic link in it; nil if nothing is there, or /proc is not.
  func resolve(_ path: String) -> String? {
    if let known = resolved[path] { return known }
    let place = try? find(path)
    defer { if let place { close(place) } }
    let target = place.flatMap { PAMConfiguration.path(of: $0, below: root) }
    resolved[path] = .some(target)
    return target
  }
}

/// Which file it is, whatever path leads to it, stat(2).
struct FileIdentity: Hashable {
  private let device: dev_t
  private let number: ino_t

  init(_ status: stat) { (device, number) = (status.st_dev, status.st_ino) }
}
