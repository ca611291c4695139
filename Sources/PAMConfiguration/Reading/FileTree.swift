// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux
internal import Glibc
internal import LinuxKeyrings
public import SystemText

/// A machine's files, or those of an image or a chroot that is mounted somewhere.
public final class FileTree {
  /// What is at a path.
  enum Entry: Equatable {
    case file(FileLines)
    case directory
    case missing
    /// It exists but cannot be read.
    case unreadable(ReadError.Cause)
  }

  private let root: CInt
  /// Which libpam reads the files.
  public private(set) lazy var libpam = Libpam(of: self)
  private var entries: [String: Entry] = [:]
  /// Where each path leads, and the paths that were read by the path that they lead to.
  private var resolved: [String: String?] = [:]
  private var aliases: [String: Set<String>] = [:]
  /// What is to be read in the place of files, by the path that names no link.
  private var replacements: [String: [UInt8]] = [:]

  /// More than any configuration file holds.
  private static let limit = 1 << 20

  /// Opens the tree below a directory, open(2). Throws what that fails with.
  public init(root path: String) throws(ReadError) {
    root = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw ReadError(path, .open(.current)) }
  }

  /// The same tree, in which files can be replaced without a change of the other.
  init(copying other: FileTree) {
    root = fcntl(other.root, F_DUPFD_CLOEXEC, 0)
    (entries, resolved, aliases) = (other.entries, other.resolved, other.aliases)
    (libpam, replacements) = (other.libpam, other.replacements)
  }

  deinit { close(root) }

  /// Has a file read as these bytes, whether it exists or not; as it is, for nil.
  func replace(_ path: String, with contents: [UInt8]?) {
    let target = resolve(path) ?? path
    replacements[target] = contents
    for alias in aliases[target, default: []].union([path, target]) { entries[alias] = nil }
    let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    entries[directory] = nil
    if contents != nil, entry(at: directory) == .missing { entries[directory] = .directory }
  }

  /// The path of what a path leads to, without a symbolic link in it; nil if nothing is there, or /proc is not.
  func resolve(_ path: String) -> String? {
    if let known = resolved[path] { return known }
    let place = find(path)
    defer { if place >= 0 { close(place) } }
    let target = place < 0 ? nil : PAMConfiguration.path(of: place, below: root)
    resolved[path] = .some(target)
    return target
  }

  /// All paths by which a file was read.
  func paths(of path: String) -> Set<String> {
    aliases[resolve(path) ?? path, default: []].union([path])
  }

  /// Whether it is a file that is only planned.
  func isReplaced(_ path: String) -> Bool { resolve(path) == nil && replacements[path] != nil }

  /// What a file of the configuration holds, byte for byte.
  func bytes(at path: String) -> [UInt8]? {
    replacements[resolve(path) ?? path] ?? bytes(at: path, limit: Self.limit)
  }

  /// What is at an absolute path of the tree, which no link leads out of, openat2(2).
  ///
  /// Each path is read once: services share most of their files.
  func entry(at path: String) -> Entry {
    if let known = entries[path] { return known }
    let target = resolve(path) ?? path
    aliases[target, default: []].insert(path)
    let entry =
      replacements[target].map { .file(FileLines($0, readsAsSince1_6: libpam.readsAsSince1_6)) }
      ?? read(path)
    entries[path] = entry
    return entry
  }

  func isDirectory(_ path: String) -> Bool { entry(at: path) == .directory }

  /// Whether a regular file is there.
  func isRegularFile(_ path: String) -> Bool {
    mode(at: path).map { $0 & S_IFMT == S_IFREG } ?? false
  }

  /// Whether anything is there, file or not.
  func exists(_ path: String) -> Bool { mode(at: path) != nil }

  /// What kind of file is there, and with which rights; nil if there is none. Nothing is opened for it.
  private func mode(at path: String) -> mode_t? {
    let place = find(path)
    guard place >= 0 else { return nil }
    defer { close(place) }
    var status = stat()
    return unsafe fstat(place, &status) == 0 ? status.st_mode : nil
  }

  /// The names in a directory, sorted, readdir(3); none if it cannot be read.
  func names(in path: String) -> [String] {
    let file = open(path)
    guard file >= 0 else { return [] }
    // SAFETY: fdopendir takes the descriptor over, or leaves it, and then it is closed here.
    guard let directory = unsafe fdopendir(file) else {
      close(file)
      return []
    }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    // SAFETY: the entry is valid until the next call, and its name ends in a NUL.
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// What a regular file holds that is not of the configuration; nil if it cannot be read.
  func bytes(at path: String, limit: Int) -> [UInt8]? {
    let file = open(path)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return try? SmallFile.contents(of: file, at: path, limit: limit)
  }

  func text(at path: String, limit: Int) -> String? {
    bytes(at: path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Names what is at a path, which no link leads out of, openat2(2).
  private func find(_ path: String) -> CInt {
    // A NUL would end the path for the kernel.
    path.utf8.contains(0) ? -1 : unsafe find_in_root(root, path)
  }

  /// Opens a directory or a regular file to read it. Anything else is not opened, only looked at: to open a
  /// watchdog starts it, and a tape is wound. Returns -1 and sets errno to ENXIO for these.
  private func open(_ path: String) -> CInt {
    let place = find(path)
    guard place >= 0 else { return -1 }
    defer { close(place) }
    var status = stat()
    guard unsafe fstat(place, &status) == 0 else { return -1 }
    guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      errno = ENXIO
      return -1
    }
    // The path may lead elsewhere by now.
    return unsafe Glibc.open("/proc/self/fd/\(place)", O_RDONLY | O_CLOEXEC)
  }

  private func read(_ path: String) -> Entry {
    let file = open(path)
    guard file >= 0 else {
      let errno = Errno.current
      guard errno.rawValue != ENXIO else { return .unreadable(.notRegular) }
      return [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(errno.rawValue)
        ? .missing : .unreadable(.open(errno))
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { return .unreadable(.read(.current)) }
    guard status.st_mode & S_IFMT != S_IFDIR else { return .directory }
    do throws(ReadError) {
      let contents = try SmallFile.contents(of: file, at: path, limit: Self.limit)
      return .file(FileLines(contents, readsAsSince1_6: libpam.readsAsSince1_6))
    } catch {
      return .unreadable(error.cause)
    }
  }
}
