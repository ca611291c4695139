// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc
internal import LinuxKeyrings

/// A file that is read as a whole: of PAM's configuration, or below /proc.
public enum SmallFile {
  /// Opens a regular file and returns all that it holds, open(2) and read(2).
  ///
  /// Throws what these fail with, and `notRegular` for anything else than a file: container runtimes
  /// mask /proc/keys with /dev/null, which reads as if there were no keys.
  public static func contents(at path: String) throws(ReadError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw ReadError(path, .open(.current)) }
    defer { close(file) }
    return try contents(of: file, at: path)
  }

  /// Returns all that an open regular file holds, read(2), the path being for the error alone.
  ///
  /// Throws `tooLarge` for more bytes than the limit.
  public static func contents(
    of file: CInt, at path: String, limit: Int = .max
  ) throws(ReadError) -> [UInt8] {
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw ReadError(path, .read(.current)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ReadError(path, .notRegular) }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while contents.count <= limit, status.st_size <= limit {
      // SAFETY: the call writes no more than the buffer holds.
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe read(file, buffer.baseAddress, buffer.count)
      }
      guard count >= 0 else { throw ReadError(path, .read(.current)) }
      guard count > 0 else { return contents }
      contents += buffer[..<count]
    }
    throw ReadError(path, .tooLarge)
  }
}
