// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc
public import LinuxKeyrings

extension Errno {
  /// The number in words, `Permission denied` for example, strerror(3).
  public var text: String {
    // SAFETY: the call returns a string that is valid until the thread's next call, and is copied here.
    unsafe strerror(rawValue).map { unsafe String(cString: $0) } ?? "errno \(rawValue)"
  }
}
