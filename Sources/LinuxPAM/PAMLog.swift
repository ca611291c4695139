// SPDX-License-Identifier: BSD-3-Clause

public import CLinuxPAM

/// The priority of a log line, syslog(3).
public struct LogPriority: Equatable, Sendable {
  let rawValue: CInt

  public static var alert: LogPriority { LogPriority(rawValue: LOG_ALERT) }
  public static var critical: LogPriority { LogPriority(rawValue: LOG_CRIT) }
  public static var error: LogPriority { LogPriority(rawValue: LOG_ERR) }
  public static var notice: LogPriority { LogPriority(rawValue: LOG_NOTICE) }
  public static var debug: LogPriority { LogPriority(rawValue: LOG_DEBUG) }
}

extension PAMHandle {
  /// Logs `message: outcome (uid N, keyring N)`, pam_syslog(3).
  public func log(
    _ priority: LogPriority, _ message: CLiteral, _ outcome: UnsafePointer<CChar>?,
    uid: uid_t, serial: Int32
  ) {
    // SAFETY: libpam owns the handle; both strings end in a NUL, and neither is the format.
    unsafe pam_log_outcome(pointer, priority.rawValue, message.pointer, outcome, uid, serial)
  }

  /// Logs `message OWNER, consequence (uid N, keyring N)`, pam_syslog(3).
  public func log(
    _ priority: LogPriority, _ message: CLiteral, owner: uid_t, _ consequence: CLiteral,
    uid: uid_t, serial: Int32
  ) {
    // SAFETY: as above.
    unsafe pam_log_owner(
      pointer, priority.rawValue, message.pointer, owner, consequence.pointer, uid, serial)
  }

  /// Logs that a module argument is ignored and why, on one line whatever the argument holds.
  public func logIgnored(_ priority: LogPriority, _ argument: ModuleArgument, _ reason: CLiteral) {
    let rest: CLiteral = argument.isPrintable ? "" : "..."
    // SAFETY: as above; the length stops before the argument's end.
    unsafe pam_log_argument(
      pointer, priority.rawValue, argument.text,
      CInt(truncatingIfNeeded: argument.printableLength), rest.pointer, reason.pointer)
  }
}
