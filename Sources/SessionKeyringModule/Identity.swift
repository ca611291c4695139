// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxKeyrings

/// Which ids of a user a thread takes on.
enum IdentityExtent {
  /// What an anonymous keyring and the links take: `@us` and `@u` follow the real uid.
  case realUID
  /// What joining a named keyring takes besides: the kernel checks its permissions with this.
  case realAndFileSystemUID
}

/// Runs `body` as `user` and comes back, in the calling thread alone.
///
/// The body makes key system calls and nothing else, since all of it runs as the user. Fails with the
/// step `borrow` if it did not run, with `giveBack` if the thread could not come back.
@inline(__always)
func acting(
  as user: uid_t, _ extent: IdentityExtent, _ body: () -> Void
) throws(Failure) {
  var identity: OwnIdentity
  do { identity = OwnIdentity(try .ofCallingThread()) } catch { throw Failure(.borrow, error) }
  let refusal = identity.borrow(user, extent)
  if refusal == nil { body() }
  // A way back that fails once is tried again: there is nothing better to do.
  if !identity.takeBack(), !identity.takeBack() { throw Failure(.giveBack, .last) }
  if let refusal { throw Failure(.borrow, refusal) }
}

/// The calling thread's identity while it has that of a user.
private struct OwnIdentity: ~Copyable {
  private let ids: UserIDs
  private var isBorrowing = false
  private var traces = ThreadTraces()

  init(_ ids: UserIDs) { self.ids = ids }

  /// Takes the user's ids; says what the kernel has against it.
  @inline(never)
  mutating func borrow(_ user: uid_t, _ extent: IdentityExtent) -> Errno? {
    let wantsFileSystem = extent == .realAndFileSystemUID && ids.fileSystem != user
    guard ids.real != user || wantsFileSystem else { return nil }
    guard let loan = ids.loan(of: user), !loan.needsPrivilege || ThreadTraces.holdsSetUserIDs()
    else { return .notPermitted }
    // setresuid(2) sets the file-system uid too, to the effective one.
    if wantsFileSystem || ids.fileSystem != ids.effective {
      // What reads as the overflow uid may be an id that cannot be set again.
      guard ids.fileSystem != UserIDs.overflow else { return .notPermitted }
      guard traces.note() else { return .last }
    }
    // The effective uid is named too, although it stays: where the user namespace does not map the
    // thread's ids, there is no way back to them, and the kernel then refuses here, user_namespaces(7).
    if thread_setresuid(user, ids.effective, loan.saved) != 0 { return .last }
    isBorrowing = true
    return wantsFileSystem && !setFileSystemUID(user) ? .notPermitted : nil
  }

  /// Takes the thread's own ids again, as often as it is called; false if it could not.
  @inline(never)
  mutating func takeBack() -> Bool {
    guard isBorrowing else { return true }
    guard thread_setresuid(ids.real, uid_t.max, ids.saved) == 0 else { return false }
    guard traces.areNoted else { return true }
    return setFileSystemUID(ids.fileSystem) && traces.restore()
  }
}

/// setfsuid(2) has no way to say that it failed: only a look afterwards tells.
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
    guard unsafe thread_getresuid(&real, &effective, &saved) == 0 else { throw .last }
    let fileSystem = thread_setfsuid(uid_t.max)
    guard fileSystem != uid_t.max else { throw .last }
    return UserIDs(real: real, effective: effective, saved: saved, fileSystem: fileSystem)
  }
}
