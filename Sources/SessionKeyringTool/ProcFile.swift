// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import LinuxKeyrings

/// A file below /proc, proc(5).
enum ProcFile {
  /// What the kernel has to tell in it.
  ///
  /// What is no regular file lies over it: container runtimes hide /proc/keys behind /dev/null, which
  /// would read as if there were no keys.
  static func contents(_ path: String) throws(Unavailable) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Unavailable("cannot read \(path)", .current) }
    defer { close(file) }
    var kind = stat()
    guard unsafe fstat(file, &kind) == 0, kind.st_mode & S_IFMT == S_IFREG else {
      throw Unavailable("\(path) is hidden, as containers do it")
    }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // SAFETY: the call writes no more than the buffer holds.
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe read(file, buffer.baseAddress, buffer.count)
      }
      guard count >= 0 else { throw Unavailable("cannot read \(path)", .current) }
      guard count > 0 else { return contents }
      contents += buffer[..<count]
    }
  }

  /// Its lines.
  static func lines(_ path: String) throws(Unavailable) -> [String] {
    String(decoding: try contents(path), as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
