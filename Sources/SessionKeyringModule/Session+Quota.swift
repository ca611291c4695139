// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings

/// The system calls of an open, and what is done where the user's key quota is full.
extension Session {
  /// Makes the key system calls as the user. Freed quota comes back within tens of milliseconds, so a
  /// full one is tried again for that long. Then root's quota is charged; who is in a stranger's keyring
  /// does not wait.
  func setUpRetryingQuota(_ setup: inout KeyringSetup, as user: uid_t) {
    setUp(&setup, as: user)
    var pauses = 0
    while setup.isStoppedByQuota, !setup.isStranded, pauses < 8 {
      usleep(10_000)
      setUp(&setup, as: user)
      pauses &+= 1
    }
    if setup.isStoppedByQuota || setup.isStranded { setUpChargingRoot(&setup, as: user) }
  }

  @inline(never)
  private func setUp(_ setup: inout KeyringSetup, as user: uid_t) {
    do {
      try withIdentity(of: user, options.name == nil ? .realUID : .realAndFileSystemUID) {
        setup.setUp(as: user)
      }
    } catch {
      setup.failure = error
    }
  }

  /// How many keys of its quota root keeps: in a container its quota is as small as anybody's.
  private static var keysLeftToRoot: Int { 50 }

  /// A keyring that the user's quota does not allow is made by real uid 0, where the caller can become
  /// that, and by nobody else: its owner would have rights on it, and could adopt it. A keyring that is
  /// adopted stays instead, for what it holds.
  @inline(never)
  private func setUpChargingRoot(_ setup: inout KeyringSetup, as user: uid_t) {
    guard !setup.isOfPresent else { return setup.acceptLackOfQuota() }
    guard let free = KeyUsers.freeKeysOfRoot(), free >= Self.keysLeftToRoot else { return }
    do {
      try withIdentity(of: 0, .realUID) { setup.joinChargingRoot() }
    } catch {
      // The user's full quota is what failed, unless the thread is no longer what it was.
      if error.step == .restore { setup.failure = error }
      return
    }
    if setup.failure == nil { setUp(&setup, as: user) }
  }
}
