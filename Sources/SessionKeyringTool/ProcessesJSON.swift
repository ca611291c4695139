// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import ProcessCensus
import SystemText

/// The object of `ps --json`. Every key is always present, but for `tid`; names are escaped, as in the text.
struct ProcessesJSON: Encodable {
  private let entries: [CensusEntry]

  init(_ entries: [CensusEntry]) { self.entries = entries }

  private enum Key: String, CodingKey { case version, kernel, processes }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(1, forKey: .version)
    try object.encode(Self.kernel, forKey: .kernel)
    try object.encode(entries, forKey: .processes)
  }

  /// The release of the kernel, uname(2).
  private static var kernel: String {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return "" }
    return unsafe withUnsafeBytes(of: &names.release) { unsafe escaped($0.prefix { $0 != 0 }) }
  }
}

extension CensusEntry: Encodable {
  private enum Key: String, CodingKey {
    case pid, tid, uid, loginUID = "login_uid", command, unit, state, keyring
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(task.process, forKey: .pid)
    if task.thread != task.process { try object.encode(task.thread, forKey: .tid) }
    try object.encode(task.user, forKey: .uid)
    try object.encode(task.loginUser, forKey: .loginUID)
    try object.encode(escaped(task.command), forKey: .command)
    try object.encode(unit.name.map { escaped($0) }, forKey: .unit)
    try object.encode(state.rawValue, forKey: .state)
    try object.encode(task.keyring, forKey: .keyring)
  }
}

extension CensusKeyring: Encodable {
  private enum Key: String, CodingKey { case serial, uid, permissions, name }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(serial, forKey: .serial)
    try object.encode(user, forKey: .uid)
    let digits = String(permissions.rawValue, radix: 16)
    try object.encode(
      String(repeating: "0", count: 8 - digits.count) + digits, forKey: .permissions)
    try object.encode(escaped(name), forKey: .name)
  }
}
