// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness

/// The measured process, for a login whose services run a module each.
struct Measurement {
  /// The floor does nothing. On equal work the module links what pam_keyinit links.
  static let services = [
    "floor": "pam_permit.so",
    "pam_keyinit": "\(Subject.pamKeyinit.path) force revoke",
    "equal": "\(PAMFixture.module) force revoke link=user",
    "default": "\(PAMFixture.module) force revoke",
  ]

  let login: PAMFixture

  init(users: UInt32) throws {
    var services = Self.services.mapValues { "session required \($0)\n" }
    for (name, module) in Self.services {
      services["traced-\(name)"] = """
        session required {witness} mark
        session required \(module)
        session required {witness} mark

        """
    }
    login = try PAMFixture(moreUsers: users, services: services)
  }

  struct Failed: Error { let transcript: Transcript }

  private static let program = PAMFixture.product("pam-bench")

  private func run(_ task: String, _ services: [String], under tool: [String] = []) throws
    -> Transcript
  {
    let command = tool + [Self.program, task] + services
    let transcript = try login.run(command[0], Array(command.dropFirst()))
    guard transcript.exitStatus == 0 else { throw Failed(transcript: transcript) }
    return transcript
  }

  /// Median nanoseconds of the parts of a session.
  struct Times {
    var loading = Double.nan, opening = Double.nan, closing = Double.nan
    /// Open and close; libpam loads the module before.
    var session: Double { opening + closing }

    init(_ line: String) {
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      guard numbers.count == 3 else { return }
      (loading, opening, closing) = (numbers[0], numbers[1], numbers[2])
    }

    static let unknown = Times("")

    init(mediansOf times: [Times]) {
      func median(_ part: KeyPath<Times, Double>) -> Double {
        times.map { $0[keyPath: part] }.sorted()[times.count / 2]
      }
      (loading, opening, closing) = (median(\.loading), median(\.opening), median(\.closing))
    }
  }

  /// Median nanoseconds of each part of a session, for these services in turns in one process.
  func times(
    _ task: String, of services: [String] = ["floor", "pam_keyinit", "equal", "default"]
  ) throws -> [String: Times] {
    let transcript = try run(task, services)
    return Dictionary(
      uniqueKeysWithValues: try services.map { service in
        (service, try Times(transcript.result(0, of: service)))
      })
  }

  /// The same of sessions each in a process that does nothing else.
  func timesAlone(processes: Int) throws -> [String: Times] {
    var times: [String: [Times]] = [:]
    for _ in 0..<processes {
      for service in Self.services.keys {
        times[service, default: []] += try self.times("alone", of: [service]).values
      }
    }
    return times.mapValues(Times.init(mediansOf:))
  }

  /// One number for each service.
  func numbers(_ task: String, _ services: [String]) throws -> [String: Double] {
    let transcript = try run(task, services)
    return Dictionary(
      uniqueKeysWithValues: try services.map {
        ($0, Double(try transcript.result(0, of: $0)) ?? .nan)
      })
  }

  /// Nanoseconds a session, step after step.
  func growth(_ task: String, _ service: String) throws -> [Double] {
    try run(task, [service]).results(of: service).compactMap { Double($0) }
  }

  private static let callgrind = [
    "/usr/bin/valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
  ]

  private func collected(_ transcript: Transcript) -> Int {
    let line = transcript.description.split(separator: "\n").last { $0.contains("Collected : ") }
    return line.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
  }

  /// Instructions of a function of libpam and what it calls, in a process with one session.
  func instructions(_ service: String, in function: String) throws -> Int {
    collected(
      try run("once", [service], under: Self.callgrind + ["--toggle-collect=\(function)"]))
  }

  /// Instructions of pamtester from its start to its end, with one session, with some libraries
  /// loaded beforehand.
  ///
  /// The services and users lie over /etc, in sight of this process alone: wrappers would have the
  /// dynamic linker look through more than a login's libraries.
  func instructionsOfPamtester(_ service: String, preloading libraries: String = "") throws -> Int {
    let overlay = """
      mount --bind "$0" /etc/pam.d && mount --bind "$0/passwd" /etc/passwd && exec "$@"
      """
    return collected(
      try login.run(
        "/usr/bin/unshare",
        ["--mount", "sh", "-c", overlay, login.directory.path] + Self.callgrind
          + ["/usr/bin/pamtester", service, "user", "open_session", "close_session"],
        environment: login.environment.merging(["LD_PRELOAD": libraries]) { $1 }))
  }

  /// The system calls of the module's open and close.
  func systemCalls(_ service: String) throws -> [String] {
    let trace = login.directory.appending(path: "trace").path
    _ = try login.trace(
      ["--output=\(trace)"], "join start:h:traced-\(service):user open:h close:h")
    return try Trace.ofModules(in: String(contentsOfFile: trace, encoding: .utf8)).flatMap { $0 }
      .map(\.name)
  }

  /// What the dynamic linker has to fill in, as readelf counts it.
  func relocations(_ path: String) throws -> Double {
    let text = try login.run("/usr/bin/readelf", ["--relocs", "--wide", path]).description
    return Double(text.split(separator: "\n").filter { $0.contains(" R_") }.count)
  }
}
