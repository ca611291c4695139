// SPDX-License-Identifier: BSD-3-Clause

import Glibc

/// A file below /proc, proc(5).
enum ProcFile {
  /// Its lines; none if it is not to be read.
  static func lines(_ path: String) -> [String] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // SAFETY: the call writes no more than the buffer holds.
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe read(file, buffer.baseAddress, buffer.count)
      }
      guard count > 0 else { break }
      contents += buffer[..<count]
    }
    return String(decoding: contents, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
