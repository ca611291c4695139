// SPDX-License-Identifier: BSD-3-Clause

import CLinux
import CLinuxPAM
import LinuxKeyrings
import LinuxPAM

// The four C symbols of the module. `@c @implementation` checks each signature against
// <security/pam_modules.h>; the older `@_cdecl` takes it on trust.

/// pam_sm_open_session(3): opens.
#if compiler(>=6.3)
  @c @implementation
#else
  @_cdecl("pam_sm_open_session")
#endif
public func pam_sm_open_session(
  _ handle: OpaquePointer?, _ flags: CInt, _ count: CInt,
  _ vector: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) -> CInt {
  unsafe enter(handle, count, vector, .open)
}

/// pam_sm_close_session(3): closes.
#if compiler(>=6.3)
  @c @implementation
#else
  @_cdecl("pam_sm_close_session")
#endif
public func pam_sm_close_session(
  _ handle: OpaquePointer?, _ flags: CInt, _ count: CInt,
  _ vector: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) -> CInt {
  unsafe enter(handle, count, vector, .close)
}

/// pam_sm_setcred(3): opens or closes, by its flags.
#if compiler(>=6.3)
  @c @implementation
#else
  @_cdecl("pam_sm_setcred")
#endif
public func pam_sm_setcred(
  _ handle: OpaquePointer?, _ flags: CInt, _ count: CInt,
  _ vector: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) -> CInt {
  unsafe enter(handle, count, vector, ServiceFunction(credentialFlags: flags))
}

/// pam_sm_authenticate(3): nothing, so that the module can stand in an `auth` stack for its setcred.
#if compiler(>=6.3)
  @c @implementation
#else
  @_cdecl("pam_sm_authenticate")
#endif
public func pam_sm_authenticate(
  _ handle: OpaquePointer?, _ flags: CInt, _ count: CInt,
  _ vector: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) -> CInt {
  PAM_IGNORE
}

/// The one way in, and the one place that logs a failure and turns it into a result.
@inline(never)
private func enter(
  _ pointer: OpaquePointer?, _ count: CInt, _ vector: UnsafeMutablePointer<UnsafePointer<CChar>?>?,
  _ function: ServiceFunction
) -> CInt {
  let errno = Errno.current
  // A thread that is cancelled meanwhile ends behind the call, pthread_setcancelstate(3): between two
  // calls of the kernel there is no place to stop.
  let cancelState = thread_disable_cancellation()
  defer {
    thread_set_cancellation(cancelState)
    Errno.current = errno
  }
  guard let pointer = unsafe pointer else { return function.error.rawValue }
  // SAFETY: libpam vouches for its handle and vector while the call lasts.
  let handle = unsafe PAMHandle(pointer)
  let options = unsafe Options(ModuleArguments(count: count, vector: vector)) { reason, argument in
    if function.opens { handle.logIgnored(.error, argument, reason.text) }
  }
  let session = Session(handle: handle, options: options)
  do {
    try session.run(function)
    return PAM_SUCCESS
  } catch {
    if error.priority == .debug {
      unsafe session.debug(error.message, error.outcome)
    } else {
      unsafe handle.log(error.priority, error.message, error.outcome)
    }
    return error.result(otherwise: function.error).rawValue
  }
}
