// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// What a step reads from its arguments. A script with a mistake ends the driver, which says where.
extension Step {
  func argument(_ index: Int) -> String {
    guard arguments.indices.contains(index) else { fail("lacks an argument") }
    return arguments[index]
  }

  func number(_ index: Int) -> UInt32 {
    guard let number = UInt32(argument(index)) else { fail("takes a number") }
    return number
  }

  func permissions(_ index: Int) -> key_perm_t {
    guard let permissions = key_perm_t(argument(index), radix: 16) else {
      fail("takes permissions in hexadecimal")
    }
    return permissions
  }

  func keyring(_ index: Int) -> key_serial_t {
    switch argument(index) {
    case "@s": return KEY_SPEC_SESSION_KEYRING
    case "@u": return KEY_SPEC_USER_KEYRING
    case "@us": return KEY_SPEC_USER_SESSION_KEYRING
    case "it": return Self.remembered
    case let argument:
      guard let serial = key_serial_t(argument) else { fail("takes a keyring") }
      return serial
    }
  }

  func handle(_ handles: [String: OpaquePointer]) -> OpaquePointer {
    guard let handle = handles[argument(0)] else { fail("takes a handle that was started") }
    return handle
  }

  func fail(_ complaint: String) -> Never {
    emit("script: '\(verb):\(arguments.joined(separator: ":"))' \(complaint)")
    exit(64)
  }
}
