// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings
import LinuxPAM

/// The story of a login, for the length of one call on its handle.
struct Session {
  let handle: PAMHandle
  let options: Options

  /// Does what libpam asks for.
  @inline(never)
  func run(_ function: ServiceFunction) throws(Failure) {
    try checkRestored()
    switch function {
    case .open, .establishCredentials: try open(counted: function == .open)
    case .close, .deleteCredentials: try close(atOnce: function == .deleteCredentials)
    case .keepCredentials: break
    }
  }

  /// libpam drops what setcred returns where authenticate ran before: so a thread that still has the
  /// user's ids is refused whatever comes next.
  private func checkRestored() throws(Failure) {
    if SessionRecord(of: handle)?.fields.hasUsersIDs == true {
      throw Failure(.restore, .earlierCall)
    }
  }

  /// Gives the thread its session keyring. A `counted` open waits for a close of its own.
  private func open(counted: Bool) throws(Failure) {
    let account = try findAccount()
    // What can fail for want of memory comes before what cannot be undone.
    let record = try SessionRecord(of: handle, for: account.uid)
    if options.flags.contains(.revoke) { record.fields.revokes = true }
    do {
      try setUpKeyring(record, for: account)
    } catch {
      record.fields.hasUsersIDs = error.step == .restore
      throw error
    }
    if counted { record.fields.opens &+= 1 }
  }

  /// Revokes, if a line of this handle has `revoke`, what an open on it created: at the last close, or
  /// at once.
  private func close(atOnce: Bool) throws(Failure) {
    guard let record = SessionRecord(of: handle) else { return }
    var fields = record.fields
    if options.flags.contains(.revoke) { fields.revokes = true }
    fields.opens = atOnce || fields.opens < 1 ? 0 : fields.opens &- 1
    let revokes = fields.revokes && fields.opens == 0 && fields.origin == .created
    if revokes { fields.origin = .kept }
    record.fields = fields
    if revokes { try revoke(fields.keyring) }
  }

  private func findAccount() throws(Failure) -> PAMHandle.Account {
    let account: PAMHandle.Account
    do { account = try handle.account() } catch { throw Failure(.lookUpUser, error) }
    // setresuid(2) and keyctl_chown(3) would take it for "leave as it is".
    guard account.uid != uid_t.max, account.gid != gid_t.max else {
      throw Failure(.lookUpUser, PAMResult.userUnknown)
    }
    return account
  }

  /// By its serial and as the thread is: it possesses the keyring, unless that was replaced since, and
  /// then nobody's identity would do.
  private func revoke(_ keyring: KeySerial) throws(Failure) {
    do {
      try SessionKeyring.revoke(keyring)
      debug(.revoked)
    } catch {
      switch error {
      case .keyRevoked, .keyExpired, .noSuchKey: unsafe debug(.alreadyRevoked, error.name)
      case .permissionDenied: unsafe debug(.replacedSince, error.name)
      default: throw Failure(error.meansNoFacility ? .probe : .revoke, error)
      }
    }
  }
}
