// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings

/// A file that cannot be read: which one, and what failed.
public struct ReadError: Error, Equatable, CustomStringConvertible {
  public enum Cause: Equatable, Sendable {
    /// open(2) failed.
    case open(Errno)
    /// fstat(2), read(2) or fdopendir(3) failed.
    case read(Errno)
    /// A device, a pipe or a socket, stat(2).
    case notRegular
    /// It holds more than the reader asked for.
    case tooLarge
  }

  public let path: String
  public let cause: Cause

  public init(_ path: String, _ cause: Cause) { (self.path, self.cause) = (path, cause) }

  public var description: String {
    switch cause {
    case .open: "cannot open \(escaped(path.utf8)): \(cause.text)"
    default: "cannot read \(escaped(path.utf8)): \(cause.text)"
    }
  }
}

extension ReadError.Cause {
  /// What failed, without the file.
  public var text: String {
    switch self {
    case .open(let errno), .read(let errno): errno.text
    case .notRegular: "not a regular file"
    case .tooLarge: "file too large"
    }
  }
}
