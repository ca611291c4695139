// SPDX-License-Identifier: BSD-3-Clause

import Glibc

@testable import LinuxKeyrings
@testable import LinuxPAM
@testable import SessionKeyringModule

/// Reads libFuzzer's bytes as a module's line, its words between NULs, and each word as a keyring's
/// description; stops if what is read breaks a promise.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let words = UnsafeBufferPointer(start: bytes, count: count).split(
    separator: 0, omittingEmptySubsequences: false)
  var vector = words.map { word -> UnsafePointer<CChar>? in
    // Memory of its own, so that a step past the end is seen.
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: word.count + 1)
    for (index, byte) in word.enumerated() { text[index] = CChar(bitPattern: byte) }
    text[word.count] = 0
    return UnsafePointer(text)
  }
  defer { for text in vector { text?.deallocate() } }

  vector.withUnsafeMutableBufferPointer { vector in
    let options = Options(
      ModuleArguments(count: CInt(vector.count), vector: vector.baseAddress)
    ) { _, argument in
      let shown = argument.printableLength
      precondition(shown <= 64)
      for index in 0..<shown { precondition((32..<127).contains(argument.text[index])) }
    }
    precondition(!options.flags.isSuperset(of: [.force, .inherit]))
    if let name = options.name {
      precondition(!options.flags.contains(.revoke))
      let length = strlen(name.characters)
      precondition((1...255).contains(length) && name.characters[0] != 46)
      precondition(strncmp(name.characters, "_uid", 4) != 0)
    }
    for text in vector {
      guard let text else { continue }
      _ = KeyringDescription(text)
    }
  }
  return 0
}
