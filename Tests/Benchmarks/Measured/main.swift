// SPDX-License-Identifier: BSD-3-Clause

// The process in which sessions are measured. Its first argument says what is done, the others for
// which services; it prints a line of nanoseconds for each service, or for each step of growth.

import CBench

/// One session, and how long each part of it took, in nanoseconds.
struct Session {
  var loading = 0.0, opening = 0.0, closing = 0.0
  private let handle: OpaquePointer

  /// libpam reads the service's file and loads its modules when it starts.
  init(_ service: String, user: String) {
    var conversation = pam_conv()
    var handle: OpaquePointer?
    let start = now()
    pam_start_confdir(service, user, &conversation, getenv("PAM_CONFDIR"), &handle)
    loading = now() - start
    guard let handle else { fatalError("pam_start \(service)") }
    self.handle = handle
  }

  mutating func open() {
    let start = now()
    guard pam_open_session(handle, 0) == PAM_SUCCESS else { fatalError("pam_open_session") }
    opening = now() - start
  }

  mutating func close() {
    let start = now()
    guard pam_close_session(handle, 0) == PAM_SUCCESS else { fatalError("pam_close_session") }
    closing = now() - start
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

func median(_ values: [Double]) -> Double {
  values.sorted()[values.count / 2]
}

/// The services in turns, so that what else the machine does meets them all. The users in turns, too:
/// a revoked keyring counts against its user's quota until the kernel has collected it.
func measure(_ services: [String], rounds: Int) {
  var sessions: [String: [Session]] = [:]
  for round in 0..<rounds {
    for service in services {
      sessions[service, default: []].append(.whole(service, user: "u\(round % 50)"))
    }
  }
  for service in services {
    let medians = [\Session.loading, \.opening, \.closing].map { part in
      median(sessions[service]!.map { $0[keyPath: part] })
    }
    print(service, medians.map { "\($0)" }.joined(separator: " "))
  }
}

/// Medians of blocks of sessions, one after the other.
func grow(_ service: String, blocks: Int, of count: Int, user: (Int) -> String) {
  for block in 0..<blocks {
    let sessions = (0..<count).map { Session.whole(service, user: user(block * count + $0)) }
    print(service, median(sessions.map(\.total)))
  }
}

/// Sessions of one user that stay open, each in a process of its own.
func live(_ service: String, count: Int) {
  var ends: [CInt] = [0, 0]
  pipe(&ends)
  var children: [pid_t] = []
  for _ in 0..<count {
    var session = Session(service, user: "user")
    children.append(fork())
    if children.last == 0 {
      session.open()
      var took = session.opening
      write(ends[1], &took, MemoryLayout<Double>.size)
      pause()
    }
    var took = 0.0
    read(ends[0], &took, MemoryLayout<Double>.size)
    print(service, took)
    session.end()
  }
  for child in children {
    kill(child, SIGKILL)
    waitpid(child, nil, 0)
  }
}

let services = Array(CommandLine.arguments.dropFirst(2))
switch CommandLine.arguments[1] {
case "once": for service in services { _ = Session.whole(service, user: "user") }
case "warm": measure(services, rounds: 2000)
case "with-libkeyutils":
  dlopen("libkeyutils.so.1", RTLD_NOW)
  measure(services, rounds: 500)
case "sessions": grow(services[0], blocks: 10, of: 1000) { "u\($0 % 50)" }
case "users": grow(services[0], blocks: 10, of: 100) { "u\($0)" }
case "live": live(services[0], count: 190)
default: fatalError("unknown task")
}
