// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings

/// Why nothing can be told: exit status 2.
struct Unavailable: Error, Equatable, CustomStringConvertible {
  let what: String
  let errno: Errno?

  init(_ what: String, _ errno: Errno? = nil) {
    self.what = what
    self.errno = errno
  }

  var description: String { errno.map { "\(what): \($0.text)" } ?? what }
}

extension Errno {
  /// The constant's name.
  var text: String {
    // SAFETY: a string constant.
    unsafe String(cString: name)
  }
}
