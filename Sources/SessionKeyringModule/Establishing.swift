// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxKeyrings
import LinuxPAM

extension Session {
  /// Keeps, adopts or replaces the session keyring, and records which one it is.
  func establish(_ record: SessionRecord, for account: PAMHandle.Account) throws(Failure) {
    let present = try lookAround(for: account.uid)
    let decision = Decision(options, user: account.uid, present: present)
    // A keyring that was to stay and is gone by now is replaced after all.
    let staying = decision == .replace ? .none : (try? SessionKeyring.serial()) ?? .none
    record.fields.isComplete = false
    record.note(staying, isOwn: false)
    if decision == .keep, staying != .none {
      record.fields.isComplete = true
      return debug("inherited")
    }

    var joining = Joining(
      staying, name: staying == .none ? options.name : nil, linking: options.links)
    proceed(&joining, as: account.uid)
    let lacksQuota = joining.isStoppedByQuota
    if lacksQuota { goWithoutQuota(&joining, as: account.uid) }
    record.note(joining.serial, isOwn: joining.isNew && !joining.isNamed)

    if joining.metForeign {
      handle.log(.alert, "named keyring not the user's own, left at once", .permissionDenied)
    }
    if let failure = joining.failure { throw failure }
    if lacksQuota {
      handle.log(.notice, "key quota of the user full (sysctl kernel.keys)", .quotaExceeded)
    } else if joining.isNew {
      setGroup(account.gid, of: joining.serial)
    }
    if !joining.unlinked.isEmpty {
      handle.log(.error, joining.unlinked.lackedText, joining.whyUnlinked)
    }
    record.fields.isComplete = true
    debug(staying == .none ? "joined" : "adopted")
  }

  /// Finds out that there are keyrings at all, and, where it matters, what the thread has.
  private func lookAround(for user: uid_t) throws(Failure) -> SessionKeyring.Present? {
    do {
      if Decision.dependsOnPresent(options, user: user) { return try SessionKeyring.present() }
      try SessionKeyring.probe()
      return nil
    } catch {
      throw Failure(error.meansNoFacility ? .probe : .look, error)
    }
  }

  /// Makes the key system calls as the user. Freed quota comes back within tens of milliseconds, so a
  /// full one is tried again for that long.
  private func proceed(_ joining: inout Joining, as user: uid_t) {
    act(&joining, as: user)
    var pauses = 0
    while joining.isStoppedByQuota, pauses < 8 {
      usleep(10_000)
      act(&joining, as: user)
      pauses &+= 1
    }
  }

  @inline(never)
  private func act(_ joining: inout Joining, as user: uid_t) {
    do {
      try acting(as: user, options.name == nil ? .realUID : .realAndFileSystemUID) {
        joining.proceed(as: user)
      }
    } catch {
      joining.failure = error
    }
  }

  /// What the user's quota does not allow, the caller's does: the keyring is private to the session
  /// all the same, and a possessor has every right it takes. A keyring that is adopted stays instead,
  /// for what it holds.
  @inline(never)
  private func goWithoutQuota(_ joining: inout Joining, as user: uid_t) {
    if joining.isOfPresent {
      joining.failure = nil
    } else if joining.startAnew() {
      act(&joining, as: user)
    }
  }

  /// The kernel gave the keyring the caller's group. The group has no rights on it, so that a caller
  /// who may not change it (root in a container, without CAP_SYS_ADMIN) is no failure.
  private func setGroup(_ group: gid_t, of keyring: KeySerial) {
    do {
      try SessionKeyring.setGroup(group, of: keyring)
    } catch {
      if options.flags.contains(.debug) {
        handle.log(.debug, "group not set", error)
      }
    }
  }
}

extension UserKeyrings {
  fileprivate var lackedText: CLiteral {
    switch self {
    case .userSession: "@us not linked"
    case .user: "@u not linked"
    case .userSessionAndUser: "@us and @u not linked"
    default: "persistent keyring not linked"
    }
  }
}
