// SPDX-License-Identifier: BSD-3-Clause

import Glibc

/// The standard output or the standard error of the program.
enum Output: CInt {
  case standard = 1
  case error = 2

  /// Writes all of a text, write(2), and gives up where nobody reads it.
  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the call reads no more than the buffer holds.
      let written = unsafe rest.withUnsafeBytes { bytes in
        unsafe Glibc.write(rawValue, bytes.baseAddress, bytes.count)
      }
      guard written >= 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, written))
    }
  }

  /// isatty(3).
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Whether it is a terminal, and NO_COLOR is not set.
  var takesColor: Bool {
    // SAFETY: getenv returns NULL or a string, which is only compared with NULL and asked for its first byte.
    let refused = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
    return isTerminal && !refused
  }

  /// How many rows and columns the terminal has, ioctl_tty(2) TIOCGWINSZ; nil for anything else.
  var screen: (rows: Int, columns: Int)? {
    var size = winsize()
    // SAFETY: the call writes no more than the structure holds.
    guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0
    else {
      return nil
    }
    return (Int(size.ws_row), Int(size.ws_col))
  }
}
