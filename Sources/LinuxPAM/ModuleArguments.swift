// SPDX-License-Identifier: BSD-3-Clause

internal import CLinuxPAM

/// The words behind the module's name on its line in a service file, pam.conf(5), for the length of
/// one call.
@safe public struct ModuleArguments: Sequence, IteratorProtocol {
  private var word: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  private var left: CInt

  /// Takes `argc` and `argv` as libpam passes them to an entry point.
  public init(count: CInt, vector: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    unsafe word = vector
    left = count
  }

  public mutating func next() -> ModuleArgument? {
    // SAFETY: libpam's vector holds `argc` pointers to NUL-terminated strings.
    guard left > 0, let current = unsafe word, let text = unsafe current.pointee else { return nil }
    unsafe word = current + 1
    left &-= 1
    return unsafe ModuleArgument(text)
  }
}

/// One word of a module's line, or a part of one.
@safe public struct ModuleArgument: ExpressibleByStringLiteral {
  /// The characters, which go on to a NUL, as long as the call of the entry point lasts.
  public let text: UnsafePointer<CChar>
  private let length: Int

  /// Takes a NUL-terminated string.
  public init(_ text: UnsafePointer<CChar>) { unsafe self.init(text, length: strlen(text)) }

  /// A word that is known beforehand.
  public init(stringLiteral literal: CLiteral.StringLiteralType) {
    unsafe self.init(
      CLiteral(stringLiteral: literal).pointer, length: literal.utf8CodeUnitCount)
  }

  private init(_ text: UnsafePointer<CChar>, length: Int) {
    unsafe self.text = text
    self.length = length
  }

  /// Whether the argument is that word, which makes words the cases of a `switch`.
  @inline(__always)
  public static func ~= (word: StaticString, argument: ModuleArgument) -> Bool {
    // SAFETY: both are as long as what is compared.
    unsafe argument.length == word.utf8CodeUnitCount
      && memcmp(argument.text, word.utf8Start, word.utf8CodeUnitCount) == 0
  }

  /// What follows `prefix`, such as `link=`; nil if the word does not start with it.
  public func value(after prefix: StaticString) -> ModuleArgument? {
    let skipped = prefix.utf8CodeUnitCount
    // SAFETY: both are at least as long as what is compared.
    guard length >= skipped, unsafe memcmp(text, prefix.utf8Start, skipped) == 0 else { return nil }
    return unsafe ModuleArgument(text + skipped, length: length &- skipped)
  }

  /// The first item of a comma-separated list and, if a comma follows it, the rest of the list.
  public var firstItem: (item: ModuleArgument, rest: ModuleArgument?) {
    var end = 0
    // SAFETY: `end` stays below the length.
    while end < length, unsafe text[end] != comma { end &+= 1 }
    guard end < length else { return (self, nil) }
    return unsafe (
      ModuleArgument(text, length: end),
      ModuleArgument(text + end + 1, length: length &- end &- 1)
    )
  }

  /// How many characters a log line can show: those before the first that is not printable ASCII,
  /// and no more than a reader needs to find the word.
  public var printableLength: Int {
    var shown = 0
    // SAFETY: `shown` stays below the length.
    while shown < length, shown < 64, unsafe text[shown] >= 32, unsafe text[shown] < 127 {
      shown &+= 1
    }
    return shown
  }

  /// Whether a log line that stops at ``printableLength`` shows it all.
  public var isPrintable: Bool { printableLength == length }
}

private let comma = CChar(44)
