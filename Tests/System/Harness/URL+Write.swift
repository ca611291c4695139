// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Glibc

extension URL {
  /// Writes a file that is gone with the tests, and its directory if there is none, fopen(3). Foundation's own way
  /// waits until the disk has it, fsync(2): most of the time that a thousand small files take.
  public func write(_ bytes: some Sequence<UInt8>) throws {
    let directory = deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let bytes = Array(bytes)
    guard let stream = fopen(path, "w") else { throw WriteError(path: path, errno: errno) }
    let count = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, count == bytes.count else {
      throw WriteError(path: path, errno: errno)
    }
  }

  struct WriteError: Error {
    let path: String
    let errno: CInt
  }
}
