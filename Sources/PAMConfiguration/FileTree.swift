// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux
internal import Glibc

/// A machine's files, or those of an image or a chroot that is mounted somewhere.
public final class FileTree {
  /// What is at a path.
  enum Entry: Equatable {
    case file(FileLines)
    case directory
    case missing
    /// It is there, but what it holds is not to be had: an errno's name, or what it is instead.
    case unreadable(String)
  }

  private let root: CInt
  private var entries: [String: Entry] = [:]

  /// More than any configuration file holds.
  private static let limit = 1 << 20

  public struct CannotOpen: Error, CustomStringConvertible {
    public let description: String
  }

  /// Opens the tree below a directory, open(2).
  public init(root path: String) throws(CannotOpen) {
    root = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw CannotOpen(description: "\(path): \(Self.lastError())") }
  }

  deinit { close(root) }

  /// What is at an absolute path of the tree, which no link leads out of, openat2(2).
  ///
  /// Each path is looked at once: services share most of their files.
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

  /// The names in a directory, sorted, readdir(3); none if it is not to be read.
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

  private func open(_ path: String) -> CInt {
    // A NUL would end the path for the kernel.
    path.utf8.contains(0) ? -1 : unsafe open_in_root(root, path)
  }

  private func read(_ path: String) -> Entry {
    let file = open(path)
    guard file >= 0 else {
      return [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(errno_get())
        ? .missing : .unreadable(Self.lastError())
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { return .unreadable(Self.lastError()) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: break
    default: return .unreadable("neither a file nor a directory")
    }
    guard status.st_size <= Self.limit else { return .unreadable("larger than a megabyte") }
    return contents(of: file)
  }

  private func contents(of file: CInt) -> Entry {
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while contents.count <= Self.limit {
      // SAFETY: the call writes no more than the buffer holds.
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
      }
      guard count >= 0 else { return .unreadable(Self.lastError()) }
      guard count > 0 else { return .file(FileLines(contents)) }
      contents += buffer[..<count]
    }
    return .unreadable("larger than a megabyte")
  }

  private static func lastError() -> String {
    // SAFETY: a string constant of libc, or NULL for a number that is no errno.
    unsafe strerrorname_np(errno_get()).map { unsafe String(cString: $0) } ?? "unknown errno"
  }
}
