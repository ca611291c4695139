// SPDX-License-Identifier: BSD-3-Clause

/// Bytes as text that a terminal can be given: a key's description may hold any but a NUL.
///
/// What is not UTF-8 becomes `\xHH`, what does not print `\u{H}`, a backslash `\\`: different bytes
/// never look the same.
func escaped(_ bytes: [UInt8]) -> String {
  var text = ""
  var parser = Unicode.UTF8.ForwardParser()
  var rest = bytes.makeIterator()
  var position = 0
  while true {
    switch parser.parseScalar(from: &rest) {
    case .valid(let encoded):
      text += escaped(Unicode.UTF8.decode(encoded))
      position += encoded.count
    case .error(let length):
      for byte in bytes[position..<position + length] { text += "\\x" + String(byte, radix: 16) }
      position += length
    case .emptyInput: return text
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
