// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import LinuxPAM

extension PAMHandle {
  /// Logs a step of the handle's session and the errno it met.
  func log(_ priority: LogPriority, _ step: CLiteral, _ errno: Errno) {
    unsafe log(priority, step, errno.name)
  }

  /// Logs a step of the handle's session and how it came out.
  @inline(never)
  func log(_ priority: LogPriority, _ step: CLiteral, _ outcome: UnsafePointer<CChar>?) {
    let record = SessionRecord(of: self)?.fields ?? SessionRecord.Fields()
    unsafe log(priority, step, outcome, uid: record.user, serial: record.serial.rawValue)
  }
}
