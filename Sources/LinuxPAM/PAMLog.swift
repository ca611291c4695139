// SPDX-License-Identifier: BSD-3-Clause

public import CLinuxPAM

/// How grave a log line is, syslog(3).
public struct LogPriority: Equatable, Sendable {
  let rawValue: CInt

  public static var alert: LogPriority { LogPriority(rawValue: LOG_ALERT) }
  public static var critical: LogPriority { LogPriority(rawValue: LOG_CRIT) }
  public static var error: LogPriority { LogPriority(rawValue: LOG_ERR) }
  public static var notice: LogPriority { LogPriority(rawValue: LOG_NOTICE) }
  public static var debug: LogPriority { LogPriority(rawValue: LOG_DEBUG) }
}

extension PAMHandle {
  /// Logs a step and how it came out: `step: outcome (uid N, keyring N)`, pam_syslog(3).
  public func log(
    _ priority: LogPriority, _ step: CLiteral, _ outcome: UnsafePointer<CChar>?,
    uid: uid_t, serial: Int32
  ) {
    // SAFETY: libpam owns the handle; both strings end in a NUL, and neither is the format.
    unsafe pam_log_step(pointer, priority.rawValue, step.pointer, outcome, uid, serial)
  }

  /// Logs why a module argument is ignored, on one line whatever the argument holds.
  public func log(_ priority: LogPriority, _ remark: CLiteral, _ argument: ModuleArgument) {
    let rest: CLiteral = argument.isPrintable ? "" : "..."
    // SAFETY: as above; the length stops before the argument's end.
    unsafe pam_log_argument(
      pointer, priority.rawValue, remark.pointer, argument.text,
      CInt(truncatingIfNeeded: argument.printableLength), rest.pointer)
  }
}
