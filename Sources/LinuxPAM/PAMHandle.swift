// SPDX-License-Identifier: BSD-3-Clause

public import CLinuxPAM

/// A PAM transaction, as libpam passes it to a module.
@safe public struct PAMHandle {
  let pointer: OpaquePointer

  /// Takes the `pam_handle_t *` of an entry point.
  public init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

  /// A user's ids, passwd(5).
  public struct Account {
    public let uid: uid_t
    public let gid: gid_t
  }

  /// The account of the user logging in: pam_get_user(3), then pam_modutil_getpwnam.
  ///
  /// Throws what libpam said if there is no name; PAM_USER_UNKNOWN if no account has it. libpam
  /// keeps the entry's memory on the handle.
  public func account() throws(PAMResult) -> Account {
    var name: UnsafePointer<CChar>?
    // SAFETY: libpam owns the handle, the name and the entry, for as long as this call at least.
    let result = PAMResult(rawValue: unsafe pam_get_user(pointer, &name, nil))
    guard result == .success else { throw result }
    guard let name = unsafe name, let entry = unsafe pam_modutil_getpwnam(pointer, name) else {
      throw .userUnknown
    }
    return unsafe Account(uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid)
  }

  /// The module's own data under `name`, pam_get_data(3); nil if there is none.
  public func data<Value: BitwiseCopyable>(
    _ name: CLiteral, as type: Value.Type
  ) -> UnsafeMutablePointer<Value>? {
    var memory: UnsafeRawPointer?
    // SAFETY: only `makeData` stores under a name, and always one type.
    guard unsafe pam_get_data(pointer, name.pointer, &memory) == PAM_SUCCESS else { return nil }
    return unsafe UnsafeMutableRawPointer(mutating: memory)?.assumingMemoryBound(to: type)
  }

  /// Stores data of the module's own under `name`, pam_set_data(3).
  ///
  /// libpam frees it at pam_end(3), in whatever process that is, so nothing but memory goes. Throws
  /// PAM_BUF_ERR without memory.
  public func makeData<Value: BitwiseCopyable>(
    _ name: CLiteral, _ value: Value
  ) throws(PAMResult) -> UnsafeMutablePointer<Value> {
    guard let memory = unsafe malloc(MemoryLayout<Value>.size) else { throw .bufferError }
    // SAFETY: malloc's memory is aligned for any type and large enough for this one.
    let data = unsafe memory.initializeMemory(as: Value.self, to: value)
    let result = unsafe pam_set_data(pointer, name.pointer, data) { _, memory, _ in
      // SAFETY: libpam hands back the pointer that malloc gave, once.
      unsafe free(memory)
    }
    guard result == PAM_SUCCESS else {
      unsafe free(memory)
      throw PAMResult(rawValue: result)
    }
    return unsafe data
  }
}
