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

  /// More than any configuration file holds.
  private static let limit = 1 << 20

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
