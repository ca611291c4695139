// SPDX-License-Identifier: BSD-3-Clause

extension UnsafePointer<CChar> {
  /// Whether a NUL-terminated string starts with this prefix.
  ///
  /// What strncmp(3) would say, without a symbol that each login has to look up.
  @inline(__always)
  func starts(with prefix: StaticString) -> Bool {
    unsafe starts(with: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
  }

  @inline(never)
  private func starts(with prefix: UnsafePointer<UInt8>, count: Int) -> Bool {
    var same = 0
    // SAFETY: a difference ends it, at the string's NUL at the latest.
    while same < count, unsafe UInt8(bitPattern: self[same]) == prefix[same] { same &+= 1 }
    return same == count
  }
}
