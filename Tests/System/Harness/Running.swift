// SPDX-License-Identifier: BSD-3-Clause

import Foundation

/// Ways to run a program with the login's users in sight.
extension PAMFixture {
  /// Runs the driver through these steps, as root. `{uid}` and `{other}` are the users' ids.
  /// The driver can be a build of its own, or run under a tool that takes it as its last arguments.
  public func run(
    _ steps: String, under tool: [String] = [], driver: String = PAMFixture.driver
  ) throws -> Transcript {
    let command = tool + [driver] + words(steps)
    return try run(command[0], Array(command.dropFirst()), environment: environment)
  }

  /// Runs the driver through these steps, which may hold spaces.
  public func run(steps: [String]) throws -> Transcript {
    try run(Self.driver, steps, environment: environment)
  }

  /// Runs the driver through these steps, and ends it if it hangs: what it printed until then.
  public func run(_ steps: String, within seconds: Int) throws -> Transcript {
    do {
      return try run(Self.driver, words(steps), environment: environment, within: seconds)
    } catch let hung as Child.TimedOut {
      return Transcript(hung.output, exitStatus: SIGKILL)
    }
  }

  /// Runs the driver through these steps under strace.
  public func trace(_ options: [String], _ steps: String) throws -> Transcript {
    let variables = environment.map { "--env=\($0.key)=\($0.value)" }
    return try run(
      "/usr/bin/strace", variables + options + [Self.driver] + words(steps), environment: [:])
  }

  /// Runs the driver where /proc/key-users has this row alone.
  public func run(_ steps: String, withKeyUsers row: String) throws -> Transcript {
    let file = directory.appending(path: "key-users")
    try file.write((row.isEmpty ? "" : row + "\n").utf8)
    return try run(
      "/usr/bin/unshare",
      [
        "--mount", "/bin/sh", "-ec", "mount --bind \"$0\" /proc/key-users && exec \"$@\"",
        file.path,
        Self.driver,
      ] + words(steps))
  }

  /// Runs pamtester, which reads its service where every program does; pam_wrapper shows it ours there.
  public func pamtester(
    _ service: String, _ user: String, _ calls: String..., under tool: [String] = []
  ) throws -> Transcript {
    let command = tool + ["/usr/bin/pamtester", "--verbose", service, user] + calls
    return try run(
      command[0], Array(command.dropFirst()),
      environment: environment.merging([
        "LD_PRELOAD": "libpam_wrapper.so libnss_wrapper.so", "PAM_WRAPPER": "1",
        "PAM_WRAPPER_SERVICE_DIR": directory.path,
      ]) { $1 })
  }

  /// Runs a program with the users in sight.
  public func run(_ program: String, _ arguments: [String]) throws -> Transcript {
    try run(program, arguments, environment: environment)
  }

  func words(_ steps: String) -> [String] {
    steps.replacing("{uid}", with: "\(uid)").replacing("{other}", with: "\(otherUID)")
      .split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The variables with which a program sees the users and, if it asks, the services.
  public var environment: [String: String] {
    [
      "LD_PRELOAD": "libnss_wrapper.so", "LC_ALL": "C", "SWIFT_BACKTRACE": "enable=no",
      "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
      "NSS_WRAPPER_PASSWD": directory.appending(path: "passwd").path,
      "NSS_WRAPPER_GROUP": directory.appending(path: "group").path,
      "PAM_CONFDIR": directory.path,
    ]
  }

  public func run(
    _ program: String, _ arguments: [String], environment: [String: String],
    within seconds: Int = 300
  ) throws -> Transcript {
    let (output, exitStatus) = try Child.run(
      program, arguments, environment: environment, within: seconds)
    return Transcript(String(decoding: output, as: UTF8.self), exitStatus: exitStatus)
  }
}
