// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings
import LinuxPAM

extension Session {
  /// Gives the thread the user's session keyring, or adds to it what a later line names, and records it
  /// on the handle.
  @inline(never)
  func setUpKeyring(_ record: SessionRecord, for account: PAMHandle.Account) throws(Failure) {
    let isLaterLine = isOpen(record.fields)
    var present: SessionKeyring.Present?
    if !isLaterLine || options.links.contains(.invoker) {
      present = try inspectSessionKeyring(for: account.uid)
    }
    let decision =
      isLaterLine
      ? Decision(
        laterLine: options, origin: record.fields.origin,
        joinsAnother: joinsAnother(record.fields, for: account.uid))
      : Decision(options, user: account.uid, present: present)
    // A keyring that was to stay and is gone by now is replaced after all.
    let staying = decision == .replace ? .none : (try? SessionKeyring.serial()) ?? .none
    record.fields.isComplete = false
    record.note(staying, decision == .adopt ? .adopted : .kept)
    let missing =
      !isLaterLine
      ? options.links
      : options.namesLinks ? options.links.subtracting(record.fields.linked) : .none
    if staying != .none, decision == .keep || isLaterLine && missing.isEmpty {
      record.fields.isComplete = true
      return debug(.kept)
    }

    var setup: KeyringSetup
    if staying != .none {
      setup = KeyringSetup(keeping: staying, record.fields.origin, linking: missing)
    } else {
      setup = KeyringSetup(
        joining: record.fields.metImpostor ? nil : options.name, linking: options.links,
        invoker: Decision.isInvokers(present, user: account.uid)
          ? (try? SessionKeyring.serial()) ?? .none : .none)
    }
    setUpRetryingQuota(&setup, as: account.uid)
    try finish(&setup, record, for: account)
    debug(staying == .none ? .joined : .adopted)
  }

  /// Whether the thread is in the keyring that an earlier call on this handle gave the session. Where
  /// another module has replaced it since, it is set up anew.
  private func isOpen(_ record: SessionRecord.Fields) -> Bool {
    record.isComplete && (try? SessionKeyring.serial()) == record.keyring
  }

  /// Whether a later line names another keyring than the one that the thread has.
  private func joinsAnother(_ record: SessionRecord.Fields, for user: uid_t) -> Bool {
    guard let name = options.name, !record.metImpostor else { return false }
    return !SessionKeyring.isNamed(name, of: user)
  }

  /// Finds out that there are keyrings at all, and, where it matters, what the thread has: before the
  /// ids are borrowed, since a thread without a session keyring gets its real uid's `@us` by that.
  private func inspectSessionKeyring(
    for user: uid_t
  ) throws(Failure) -> SessionKeyring.Present? {
    do {
      if Decision.dependsOnPresent(options, user: user) { return try SessionKeyring.present() }
      try SessionKeyring.probe()
      return nil
    } catch {
      throw Failure(error.meansNoFacility ? .probe : .inspect, error)
    }
  }

  /// Records and logs what came of it: all that is not a failure of the call.
  private func finish(
    _ setup: inout KeyringSetup, _ record: SessionRecord, for account: PAMHandle.Account
  ) throws(Failure) {
    record.note(setup.keyring, setup.origin)
    record.fields.linked.formUnion(setup.linked)
    if let errno = setup.releaseInvoker() { handle.log(.error, .cannotRelease, errno) }
    if let impostor = setup.impostor {
      record.fields.metImpostor = true
      log(impostor, isReplaced: setup.failure == nil)
    }
    if let failure = setup.failure {
      throw setup.isStranded && failure.step == .join ? Failure(.leave, failure.cause) : failure
    }
    if setup.isChargedToRoot {
      handle.log(.notice, .quotaCharged, .quotaExceeded)
    } else if setup.lacksQuota {
      handle.log(.notice, .quotaKept, .quotaExceeded)
    } else if setup.isNew {
      setGroup(account.gid, of: setup.keyring)
    }
    if !setup.unlinked.isEmpty {
      handle.log(.error, Message(unlinked: setup.unlinked), setup.whyUnlinked)
    }
    record.fields.isComplete = true
  }

  private func log(_ impostor: NamedSessionKeyring.Impostor, isReplaced: Bool) {
    switch impostor {
    case .owned(let owner):
      handle.log(.alert, .impostorOwned, owner: owner, isReplaced ? .usingAnonymous : .notUsing)
    case .unreadable(.permissionDenied):
      handle.log(.alert, .impostorHidden, .permissionDenied)
    case .unreadable(let errno):
      handle.log(.notice, .impostorUnreadable, errno)
    }
  }

  /// The kernel gave the keyring the caller's group. The group has no rights on it, so that a caller
  /// who may not change it (root in a container, without CAP_SYS_ADMIN) is no failure.
  private func setGroup(_ group: gid_t, of keyring: KeySerial) {
    do {
      try SessionKeyring.setGroup(group, of: keyring)
    } catch {
      unsafe debug(.groupNotSet, error.name)
    }
  }
}
