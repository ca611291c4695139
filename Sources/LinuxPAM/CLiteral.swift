// SPDX-License-Identifier: BSD-3-Clause

/// A string literal as C takes it: constant, NUL-terminated, and one pointer wide.
///
/// StaticString would do, but asks at each use whether it is a pointer, and traps if it is not.
@safe public struct CLiteral: ExpressibleByStringLiteral {
  public let pointer: UnsafePointer<CChar>

  @inlinable @inline(__always)
  public init(stringLiteral literal: StaticString) {
    // SAFETY: a literal of more than one character is NUL-terminated memory, constant for ever, and
    // the question whether it is one is answered here at compile time.
    unsafe pointer = UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
