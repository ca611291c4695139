// SPDX-License-Identifier: BSD-3-Clause

import CLinux

/// The four user ids of a thread, credentials(7).
struct UserIDs: Equatable {
  let real, effective, saved, fileSystem: uid_t

  /// What the kernel shows for an id that it cannot map, user_namespaces(7).
  static var overflow: uid_t { 65534 }

  /// How a thread takes another real uid such that it can take its own back.
  struct UIDTransition: Equatable {
    /// The saved uid meanwhile.
    let saved: uid_t
    /// Whether the way back takes CAP_SETUID.
    let needsPrivilege: Bool
  }

  /// The transition to `user` as the real uid; nil if the thread would not come back as it was.
  ///
  /// setresuid(2) without CAP_SETUID takes only ids that the thread has: a real uid that is neither
  /// the effective nor the saved one therefore waits as the saved one. A thread that loses its last
  /// root id loses its capabilities, capabilities(7): a saved uid that alone is root stays, and a
  /// thread without a root id cannot go to root and back.
  func transition(to user: uid_t) -> UIDTransition? {
    let savedIsLastRoot = saved == 0 && effective != 0
    // Asked for by its number, an id that the user namespace does not map is refused. Here alone the
    // real uid is not asked for.
    guard user != 0 || has(0), real != Self.overflow || !savedIsLastRoot else { return nil }
    let savedStays = savedIsLastRoot || real == effective || real == saved
    let meanwhile = UserIDs(
      real: user, effective: effective, saved: savedStays ? saved : real, fileSystem: effective)
    let isFree = meanwhile.has(real) && meanwhile.has(saved) && has(fileSystem)
    return UIDTransition(saved: meanwhile.saved, needsPrivilege: !isFree)
  }

  /// Whether setresuid(2) and setfsuid(2) let a thread of these ids take `user` without privilege.
  private func has(_ user: uid_t) -> Bool { user == real || user == effective || user == saved }
}
