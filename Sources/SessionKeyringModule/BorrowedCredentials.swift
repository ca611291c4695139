// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings

/// Which ids of a user a thread borrows.
enum IdentityExtent {
  /// What an anonymous keyring and the links take: `@us` and `@u` follow the real uid.
  case realUID
  /// What joining a named keyring takes besides: the kernel checks its permissions with this.
  case realAndFileSystemUID
}

/// Runs `body` as `user` and restores the caller's ids, in the calling thread alone.
///
/// The body makes key system calls and nothing else, since all of it runs as the user. Fails with the
/// step `borrow` if it did not run, with `restore` if the thread could not be restored.
@inline(__always)
func withIdentity(
  of user: uid_t, _ extent: IdentityExtent, _ body: () -> Void
) throws(Failure) {
  var credentials: BorrowedCredentials
  do { credentials = BorrowedCredentials(try .ofCallingThread()) } catch {
    throw Failure(.borrow, error)
  }
  let cause = credentials.borrow(user, extent)
  if cause == nil { body() }
  // A way back that fails once is tried again: there is nothing better to do.
  if let _ = credentials.restore(), let cause = credentials.restore() {
    throw Failure(.restore, cause)
  }
  if let cause { throw Failure(.borrow, cause) }
}

/// The calling thread's own credentials while it has those of a user.
private struct BorrowedCredentials: ~Copyable {
  private let ids: UserIDs
  private var hasBorrowed = false
  private var saved = SavedProcessState()
  /// The signal mask from before; nil where nothing was blocked.
  private var signals: thread_signals?

  init(_ ids: UserIDs) { self.ids = ids }

  /// Takes the user's ids; returns why it cannot.
  ///
  /// All signals are blocked meanwhile: the user may send them to a process of that real uid, and what
  /// it does about them, dump its core for example, it would do as the user.
  @inline(never)
  mutating func borrow(_ user: uid_t, _ extent: IdentityExtent) -> Failure.Cause? {
    let wantsFileSystem = extent == .realAndFileSystemUID && ids.fileSystem != user
    guard ids.real != user || wantsFileSystem else { return nil }
    guard let transition = ids.transition(to: user),
      !transition.needsPrivilege || SavedProcessState.holdsSetUserIDs()
    else { return .notRestorable }
    // setresuid(2) sets the file-system uid too, to the effective one.
    if wantsFileSystem || ids.fileSystem != ids.effective {
      // What reads as the overflow uid may be an id that cannot be set again.
      guard ids.fileSystem != UserIDs.overflow else { return .notRestorable }
      guard saved.save() else { return .errno(.current) }
    }
    var before = thread_signals()
    // SAFETY: the call writes the one structure it gets the address of.
    guard unsafe thread_block_signals(&before) == 0 else { return .errno(.current) }
    signals = before
    // The effective uid is named too, although it stays: where the user namespace does not map the
    // thread's ids, there is no way back to them, and the kernel then refuses here, user_namespaces(7).
    if thread_setresuid(user, ids.effective, transition.saved) != 0 { return .errno(.current) }
    hasBorrowed = true
    return wantsFileSystem && !setFileSystemUID(user) ? .refused : nil
  }

  /// Takes the thread's own ids again, then its signals, as often as it is called; returns why it could
  /// not.
  @inline(never)
  mutating func restore() -> Failure.Cause? {
    if hasBorrowed {
      guard thread_setresuid(ids.real, uid_t.max, ids.saved) == 0 else { return .errno(.current) }
      if saved.isSaved {
        guard setFileSystemUID(ids.fileSystem) else { return .refused }
        guard saved.restore() else { return .errno(.current) }
      }
    }
    guard var before = signals else { return nil }
    // SAFETY: the call reads the one structure it gets the address of.
    return unsafe thread_set_signals(&before) == 0 ? nil : .errno(.current)
  }
}

/// setfsuid(2) has no way to say that it failed: only asking afterwards shows it.
@inline(never)
private func setFileSystemUID(_ user: uid_t) -> Bool {
  _ = thread_setfsuid(user)
  return thread_setfsuid(uid_t.max) == user
}

extension UserIDs {
  /// Reads the calling thread's, getresuid(2) and setfsuid(2) with an id that nobody has.
  static func ofCallingThread() throws(Errno) -> UserIDs {
    var (real, effective, saved) = (uid_t.max, uid_t.max, uid_t.max)
    // SAFETY: the call writes three uid_t.
    guard unsafe thread_getresuid(&real, &effective, &saved) == 0 else { throw .current }
    let fileSystem = thread_setfsuid(uid_t.max)
    guard fileSystem != uid_t.max else { throw .current }
    return UserIDs(real: real, effective: effective, saved: saved, fileSystem: fileSystem)
  }
}
