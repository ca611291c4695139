// SPDX-License-Identifier: BSD-3-Clause

/// Bytes from outside as text that a terminal or a line of a report can be given: a key's description or a
/// PAM file may hold anything.
///
/// What is not UTF-8 becomes `\xHH`, what does not print `\u{H}`, a backslash `\\`: different bytes
/// never look the same. A line that people are to copy keeps its backslashes. Characters after the first
/// `limit` become `...`.
public func escaped(
  _ bytes: some Sequence<UInt8>, limit: Int = .max, keepsBackslashes: Bool = false
) -> String {
  let bytes = Array(bytes)
  var text = ""
  var parser = Unicode.UTF8.ForwardParser()
  var rest = bytes.makeIterator()
  var position = 0
  var count = 0
  while true {
    let result = parser.parseScalar(from: &rest)
    if case .emptyInput = result { return text }
    guard count < limit else { return text + "..." }
    count += 1
    switch result {
    case .valid(let encoded):
      let scalar = Unicode.UTF8.decode(encoded)
      text += scalar == "\\" && keepsBackslashes ? "\\" : escaped(scalar)
      position += encoded.count
    case .error(let length):
      for byte in bytes[position..<position + length] { text += "\\x" + String(byte, radix: 16) }
      position += length
    case .emptyInput: break
    }
  }
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar.properties.generalCategory {
  // Format characters turn the direction of what follows.
  case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate, .privateUse:
    "\\u{\(String(scalar.value, radix: 16))}"
  default: scalar == "\\" ? "\\\\" : String(scalar)
  }
}
