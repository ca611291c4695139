// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import LinuxKeyrings
import LinuxPAM

/// What a handle remembers between its calls.
@safe struct SessionRecord {
  struct Fields: BitwiseCopyable {
    /// Whose session it is.
    var user = uid_t.max
    /// The session's keyring; `none` before there is one.
    var serial = KeySerial.none
    /// Whether an open on this handle created it, for this session alone: then a close may revoke it.
    var isOwn = false
    /// Whether all that makes a session was done.
    var isComplete = false
    /// How many opens are still to be closed.
    var opens: Int32 = 0
  }

  private let memory: UnsafeMutablePointer<Fields>

  var fields: Fields {
    // SAFETY: the memory is the handle's, and a record lives no longer than a call on the handle.
    get { unsafe memory.pointee }
    nonmutating _modify { yield unsafe &memory.pointee }
  }

  /// Notes which keyring the thread has now, unless it is the same as before.
  @inline(never)
  func note(_ keyring: KeySerial, isOwn: Bool) {
    guard keyring != .none, keyring != fields.serial else { return }
    fields.serial = keyring
    fields.isOwn = isOwn
  }

  private static var name: CLiteral { "pam_session_keyring" }

  /// The handle's record; nil if it has none.
  init?(of handle: PAMHandle) {
    guard let memory = unsafe handle.data(Self.name, as: Fields.self) else { return nil }
    unsafe self.memory = memory
  }

  /// The handle's record for this user. Another user's is begun anew: what it tells of is not this
  /// user's.
  init(of handle: PAMHandle, for user: uid_t) throws(Failure) {
    if let present = SessionRecord(of: handle) {
      self = present
    } else {
      do {
        unsafe memory = try handle.makeData(Self.name, Fields())
      } catch {
        throw Failure(.remember, error)
      }
    }
    if fields.user != user { fields = Fields(user: user) }
  }
}
