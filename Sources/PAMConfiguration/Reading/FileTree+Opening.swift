// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux
internal import Glibc
internal import LinuxKeyrings
internal import SystemText

extension FileTree {
  /// More names than a directory of services has.
  static let nameLimit = 20_000

  /// Whether a regular file is there.
  func isRegularFile(_ path: String) -> Bool {
    status(at: path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
  }

  /// Whether anything is there, file or not.
  func exists(_ path: String) -> Bool { status(at: path) != nil }

  func identity(at path: String) -> FileIdentity? { status(at: path).map(FileIdentity.init) }

  /// What is there, fstat(2); nil if nothing is. It is not opened for that.
  private func status(at path: String) -> stat? {
    guard let place = try? find(path) else { return nil }
    defer { close(place) }
    var status = stat()
    return unsafe fstat(place, &status) == 0 ? status : nil
  }

  /// The names in a directory that are UTF-8, sorted; none if it cannot be read.
  func names(in path: String) -> [String] {
    bytesOfNames(in: path).compactMap { String(validating: $0, as: UTF8.self) }.sorted()
  }

  /// The names in a directory that are not UTF-8, as ``escaped(_:limit:keepsBackslashes:)`` shows them.
  func invalidNames(in path: String) -> [String] {
    bytesOfNames(in: path).filter { String(validating: $0, as: UTF8.self) == nil }
      .map { escaped($0) }.sorted()
  }

  /// The names in a directory, readdir(3), and not more than there may be.
  private func bytesOfNames(in path: String) -> [[UInt8]] {
    guard let file = try? open(path) else { return [] }
    // SAFETY: fdopendir takes the descriptor over, or leaves it, and then it is closed here.
    guard let directory = unsafe fdopendir(file) else {
      close(file)
      return []
    }
    defer { unsafe closedir(directory) }
    var names: [[UInt8]] = []
    // SAFETY: the entry is valid until the next call, and its name ends in a NUL.
    while names.count <= Self.nameLimit, let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        let start = unsafe UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self)
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names
  }

  /// What a regular file holds that is not of the configuration; nil if it cannot be read.
  func bytes(at path: String, limit: Int) -> [UInt8]? {
    guard let file = try? open(path) else { return nil }
    defer { close(file) }
    return try? SmallFile.contents(of: file, at: path, limit: limit)
  }

  func text(at path: String, limit: Int) -> String? {
    bytes(at: path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Names what is at a path, which no link leads out of, openat2(2).
  func find(_ path: String) throws(Errno) -> CInt {
    // A NUL would end the path for the kernel.
    guard !path.utf8.contains(0) else { throw Errno(rawValue: ENOENT) }
    let place = unsafe find_in_root(root, path)
    guard place >= 0 else { throw .current }
    return place
  }

  /// Opens a directory or a regular file to read it. Anything else is looked at, and not opened, which would
  /// start a watchdog and wind a tape: it fails with ENXIO.
  func open(_ path: String) throws(Errno) -> CInt {
    let place = try find(path)
    defer { close(place) }
    var status = stat()
    guard unsafe fstat(place, &status) == 0 else { throw .current }
    guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { throw Errno(rawValue: ENXIO) }
    // By now the path may lead elsewhere.
    let file = unsafe Glibc.open("/proc/self/fd/\(place)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .current }
    return file
  }
}
