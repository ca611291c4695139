// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import LinuxKeyrings
import LinuxPAM

/// What a handle remembers between its calls, whatever line of the stack they come from.
@safe struct SessionRecord {
  struct Fields: BitwiseCopyable {
    /// Whose session it is.
    var user = uid_t.max
    /// The session's keyring; `none` before there is one.
    var keyring = KeySerial.none
    var origin = KeyringOrigin.kept
    /// What it links of this module's doing.
    var linked = UserKeyringSet.none
    /// Whether all that makes a session was done.
    var isComplete = false
    /// Whether a line of this handle asked for it.
    var revokes = false
    /// Whether a named keyring was refused: it is not tried again, and nobody is alerted twice.
    var metImpostor = false
    /// How many opens are still to be closed.
    var opens: Int32 = 0
    /// Whether the caller's ids could not be restored.
    var hasUsersIDs = false
  }

  private let memory: UnsafeMutablePointer<Fields>

  var fields: Fields {
    // SAFETY: the memory is the handle's, and a record lives no longer than a call on the handle.
    get { unsafe memory.pointee }
    nonmutating _modify { yield unsafe &memory.pointee }
  }

  /// Notes which keyring the thread has now, unless it is the same as before.
  @inline(never)
  func note(_ keyring: KeySerial, _ origin: KeyringOrigin) {
    guard keyring != .none, keyring != fields.keyring else { return }
    fields.keyring = keyring
    fields.origin = origin
    fields.linked = .none
  }

  private static var name: CLiteral { "pam_session_keyring" }

  /// The handle's record; nil if it has none.
  init?(of handle: PAMHandle) {
    guard let memory = unsafe handle.data(Self.name, as: Fields.self) else { return nil }
    unsafe self.memory = memory
  }

  /// The handle's record for this user. Another user's is begun anew.
  init(of handle: PAMHandle, for user: uid_t) throws(Failure) {
    if let present = SessionRecord(of: handle) {
      self = present
    } else {
      do {
        unsafe memory = try handle.makeData(Self.name, Fields())
      } catch {
        throw Failure(.storeData, error)
      }
    }
    if fields.user != user { fields = Fields(user: user) }
  }
}

/// How a session came by its keyring.
enum KeyringOrigin: BitwiseCopyable {
  /// The thread had it; it is another user's, the invoker's for example, or that of a daemon that runs as root.
  case kept
  /// The thread had it, and it is the user's own.
  case adopted
  /// An open on this handle created it, for this session alone: then a close may revoke it.
  case created
  /// It was joined by its name, which other logins of the user do too.
  case named
}
