// SPDX-License-Identifier: BSD-3-Clause

// The process in which sessions are measured. Its first argument says what is done, the others for
// which services; it prints a line of nanoseconds for each service, or for each step of growth.

import CBench

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
      median(sessions[service, default: []].map { $0[keyPath: part] })
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

/// Threads that open and close at once, each for a user of its own: nanoseconds of a session.
func threads(_ service: String, count: Int, sessions: Int) {
  // nss_wrapper reads its files at the first look-up, and crashes or finds nobody if threads race.
  getpwuid(0)
  let start = now()
  let threads = (0..<count).map { number in
    var thread = pthread_t()
    let task = Unmanaged.passRetained(
      Task(service: service, user: "u\(number)", sessions: sessions))
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let task = Unmanaged<Task>.fromOpaque(argument).takeRetainedValue()
        for _ in 0..<task.sessions { _ = Session.whole(task.service, user: task.user) }
        return nil
      }, task.toOpaque())
    return thread
  }
  for thread in threads { pthread_join(thread, nil) }
  print(service, (now() - start) / Double(count * sessions))
}

final class Task {
  let service: String, user: String, sessions: Int
  init(service: String, user: String, sessions: Int) {
    (self.service, self.user, self.sessions) = (service, user, sessions)
  }
}

/// Kilobytes that a session has resident in a process that has had one of the floor.
func memory(_ services: [String]) {
  _ = Session.whole("floor", user: "user")
  for service in services {
    let before = resident()
    var session = Session(service, user: "user")
    session.open()
    print(service, resident() - before)
    session.close()
    session.end()
  }
}

/// Resident kilobytes of this process, proc(5).
func resident() -> Double {
  guard let file = fopen("/proc/self/statm", "r") else { return .nan }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 128)
  fgets(&line, 127, file)
  let pages = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
    separator: " ")[1]
  return (Double(pages) ?? .nan) * Double(sysconf(CInt(_SC_PAGESIZE))) / 1024
}

let services = Array(CommandLine.arguments.dropFirst(2))
switch CommandLine.arguments[1] {
case "once": for service in services { _ = Session.whole(service, user: "user") }
case "alone": measure(services, rounds: 1)
case "warm": measure(services, rounds: 2000)
case "with-libkeyutils":
  dlopen("libkeyutils.so.1", RTLD_NOW)
  measure(services, rounds: 500)
case "sessions": grow(services[0], blocks: 10, of: 1000) { "u\($0 % 50)" }
case "users": grow(services[0], blocks: 10, of: 100) { "u\($0)" }
case "threads": threads(services[0], count: 16, sessions: 100)
case "memory": memory(services)
case "live": live(services[0], count: 190)
default: fatalError("unknown task")
}
