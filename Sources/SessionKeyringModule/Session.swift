// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxKeyrings
import LinuxPAM

/// The story of a login, for the length of one call on its handle.
struct Session {
  let handle: PAMHandle
  let options: Options

  /// Gives the thread its session keyring. A `counted` open waits for a close of its own.
  @inline(never)
  func open(counted: Bool) throws(Failure) {
    let account = try findAccount()
    // What can fail for want of memory comes before what cannot be undone.
    let record = try SessionRecord(of: handle, for: account.uid)
    if !isOpen(record.fields) { try establish(record, for: account) }
    if counted { record.fields.opens &+= 1 }
  }

  /// Revokes, with `revoke`, what an open on this handle created: at the last close, or at once.
  @inline(never)
  func close(atOnce: Bool) throws(Failure) {
    guard let record = SessionRecord(of: handle) else { return }
    var fields = record.fields
    fields.opens = atOnce || fields.opens < 1 ? 0 : fields.opens &- 1
    let revokes = options.flags.contains(.revoke) && fields.opens == 0 && fields.isOwn
    if revokes { fields.isOwn = false }
    record.fields = fields
    if revokes { try revoke(fields.serial) }
  }

  private func findAccount() throws(Failure) -> PAMHandle.Account {
    let account: PAMHandle.Account
    do { account = try handle.account() } catch { throw Failure(.findUser, error) }
    // setresuid(2) and keyctl_chown(3) would take it for "leave as it is".
    guard account.uid != uid_t.max, account.gid != gid_t.max else {
      throw Failure(.findUser, PAMResult.userUnknown)
    }
    return account
  }

  /// Whether the thread is in the keyring that an earlier call on this handle gave the session.
  private func isOpen(_ record: SessionRecord.Fields) -> Bool {
    guard record.isComplete, let present = try? SessionKeyring.serial(),
      present == record.serial
    else { return false }
    debug("kept")
    return true
  }

  /// By its serial and as the thread is: it possesses the keyring, unless that was replaced since, and
  /// then nobody's identity would do.
  private func revoke(_ keyring: KeySerial) throws(Failure) {
    do {
      try SessionKeyring.revoke(keyring)
      debug("revoked")
    } catch {
      switch error {
      case .keyRevoked, .keyExpired, .noSuchKey: debug("found revoked")
      case .permissionDenied:
        handle.log(.notice, "replaced since, left alone", error)
      default: throw Failure(error.meansNoFacility ? .probe : .revoke, error)
      }
    }
  }
}

extension Session {
  /// Logs a step that went well, if the module's line asks for it.
  func debug(_ step: CLiteral) {
    if options.flags.contains(.debug) { unsafe handle.log(.debug, step, CLiteral("ok").pointer) }
  }
}
