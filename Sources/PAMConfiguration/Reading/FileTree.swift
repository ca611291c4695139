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
  /// Which libpam reads the files; nil if that cannot be known.
  private(set) lazy var libpam = LibpamVersion.installed(in: self)
  private var entries: [String: Entry] = [:]

  /// More than any configuration file holds.
  private static let limit = 1 << 20
  /// More than any package database holds.
  private static let databaseLimit = 1 << 26

  /// Opens the tree below a directory, open(2). Throws what that fails with.
  public init(root path: String) throws(ReadError) {
    root = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw ReadError(path, .open(.current)) }
  }

  deinit { close(root) }

  /// What is at an absolute path of the tree, which no link leads out of, openat2(2).
  ///
  /// Each path is read once: services share most of their files.
  func entry(at path: String) -> Entry {
    if let known = entries[path] { return known }
    let entry = read(path)
    entries[path] = entry
    return entry
  }

  func isDirectory(_ path: String) -> Bool { entry(at: path) == .directory }

  /// Whether anything is there, file or not.
  func exists(_ path: String) -> Bool {
    let file = open(path)
    if file >= 0 { close(file) }
    return file >= 0
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

  /// The text of a package database; nil if it cannot be read.
  func contents(at path: String) -> String? {
    let file = open(path)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let contents = try? SmallFile.contents(of: file, at: path, limit: Self.databaseLimit)
    return contents.map { String(decoding: $0, as: UTF8.self) }
  }

  private func open(_ path: String) -> CInt {
    // A NUL would end the path for the kernel.
    path.utf8.contains(0) ? -1 : unsafe open_in_root(root, path)
  }

  private func read(_ path: String) -> Entry {
    let file = open(path)
    guard file >= 0 else {
      let errno = Errno.current
      return [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(errno.rawValue)
        ? .missing : .unreadable(.open(errno))
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { return .unreadable(.read(.current)) }
    guard status.st_mode & S_IFMT != S_IFDIR else { return .directory }
    do throws(ReadError) {
      let contents = try SmallFile.contents(of: file, at: path, limit: Self.limit)
      return .file(FileLines(contents, for: libpam))
    } catch {
      return .unreadable(error.cause)
    }
  }
}
