// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings
import LinuxPAM

/// Log lines about the session of a handle: each ends with its user's uid and its keyring's serial.
extension PAMHandle {
  func log(_ priority: LogPriority, _ message: Message, _ errno: Errno) {
    unsafe log(priority, message, errno.name)
  }

  @inline(never)
  func log(_ priority: LogPriority, _ message: Message, _ outcome: UnsafePointer<CChar>?) {
    let record = SessionRecord(of: self)?.fields ?? SessionRecord.Fields()
    unsafe log(
      priority, message.text, outcome, uid: record.user, serial: record.keyring.rawValue)
  }

  func log(_ priority: LogPriority, _ message: Message, owner: uid_t, _ consequence: Message) {
    let record = SessionRecord(of: self)?.fields ?? SessionRecord.Fields()
    log(
      priority, message.text, owner: owner, consequence.text, uid: record.user,
      serial: record.keyring.rawValue)
  }
}

extension Session {
  /// Logs a step that went well, if the module's line asks for it.
  func debug(_ message: Message) {
    unsafe debug(message, CLiteral("ok").pointer)
  }

  /// Logs what is worth a line to someone who asks for it, and to nobody else.
  func debug(_ message: Message, _ outcome: UnsafePointer<CChar>?) {
    if options.flags.contains(.debug) { unsafe handle.log(.debug, message, outcome) }
  }
}
