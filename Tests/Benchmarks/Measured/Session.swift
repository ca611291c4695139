// SPDX-License-Identifier: BSD-3-Clause

import CBench

/// One session, and how long each part of it took, in nanoseconds.
struct Session {
  var loading = 0.0, opening = 0.0, closing = 0.0
  private let service: String
  private let handle: OpaquePointer

  /// libpam reads the service's file and loads its modules when it starts.
  init(_ service: String, user: String) {
    var conversation = pam_conv()
    var handle: OpaquePointer?
    let start = now()
    pam_start_confdir(service, user, &conversation, getenv("PAM_CONFDIR"), &handle)
    loading = now() - start
    guard let handle else { fatalError("pam_start \(service)") }
    self.service = service
    self.handle = handle
  }

  mutating func open() {
    let start = now()
    check(pam_open_session(handle, 0))
    opening = now() - start
  }

  mutating func close() {
    let start = now()
    check(pam_close_session(handle, 0))
    closing = now() - start
  }

  private func check(_ result: CInt, in call: String = #function) {
    guard result == PAM_SUCCESS else {
      fatalError("\(service): \(call) \(String(cString: pam_strerror(handle, result)))")
    }
  }

  mutating func end() {
    let start = now()
    pam_end(handle, PAM_SUCCESS)
    loading += now() - start
  }

  static func whole(_ service: String, user: String) -> Session {
    var session = Session(service, user: user)
    session.open()
    session.close()
    session.end()
    return session
  }

  var total: Double { loading + opening + closing }
}

func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
