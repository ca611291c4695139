// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Synchronization

/// Two users nobody else has, a service that runs the built module, and a way to log in.
///
/// The users exist in a file that nss_wrapper reads in the place of /etc/passwd, the services in a
/// directory that libpam is pointed to; both are gone with the login.
public final class Login {
  public let uid: UInt32
  public let otherUID: UInt32
  public let directory: URL

  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL
  public static let module = root.appending(path: "build/pam_session_keyring.so").path

  /// Fresh uids, in a range of this run's own: keys of an earlier user would count against the quota
  /// or be found.
  private static let nextUID = Atomic<UInt32>(
    100_000 + UInt32(truncatingIfNeeded: Int(Date().timeIntervalSince1970)) % 1_000_000 * 1_000)

  /// Makes service `test` from these module arguments. `{module}` in other services is the module,
  /// `{witness}` the one that sees what a module leaves in errno.
  public init(_ arguments: String = "", services: [String: String] = [:]) throws {
    uid = Self.nextUID.add(2, ordering: .relaxed).oldValue
    otherUID = uid + 1
    directory = FileManager.default.temporaryDirectory
      .appending(path: "session-keyring-test-\(uid)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    var services = services
    services["test"] = """
      auth required {module} \(arguments)
      auth required pam_permit.so
      account required pam_permit.so
      session required {module} \(arguments)

      """
    services["other"] = "auth required pam_deny.so\nsession required pam_deny.so\n"
    for (name, text) in services {
      try write(
        text.replacing("{module}", with: Self.module).replacing("{witness}", with: Self.witness),
        to: name)
    }
    try write(
      """
      root:x:0:0::/root:/bin/sh
      user:x:\(uid):\(uid)::/:/bin/sh
      other:x:\(otherUID):\(otherUID)::/:/bin/sh
      overflow:x:65534:65534::/:/bin/sh
      nobody-uid:x:4294967295:100::/:/bin/sh
      nobody-gid:x:\(otherUID):4294967295::/:/bin/sh

      """, to: "passwd")
    try write("user:x:\(uid):\nother:x:\(otherUID):\n", to: "group")
  }

  /// The kernel collects revoked keyrings; others would stay for as long as it runs.
  deinit {
    _ = try? run(
      """
      fork [ ids:{uid}:{uid}:{uid} remember:@us revoke:@u revoke:it ]
      fork [ ids:{other}:{other}:{other} remember:@us revoke:@u revoke:it ]
      """)
    try? FileManager.default.removeItem(at: directory)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: directory.appending(path: name))
  }

  /// Runs the test client through these steps, as root. `{uid}` and `{other}` are the users' ids.
  public func run(_ steps: String) throws -> Transcript {
    try run(Self.client, words(steps), environment: environment)
  }

  public func run(steps: [String]) throws -> Transcript {
    try run(Self.client, steps, environment: environment)
  }

  /// Runs the test client through these steps under strace.
  public func trace(_ options: [String], _ steps: String) throws -> Transcript {
    let variables = environment.map { "--env=\($0.key)=\($0.value)" }
    return try run(
      "/usr/bin/strace", variables + options + [Self.client] + words(steps), environment: [:])
  }

  /// Runs a program with the users in sight.
  public func run(_ program: String, _ arguments: [String]) throws -> Transcript {
    try run(program, arguments, environment: environment)
  }

  private func words(_ steps: String) -> [String] {
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
    _ program: String, _ arguments: [String], environment: [String: String]
  ) throws -> Transcript {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = environment
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Transcript(
      String(decoding: output, as: UTF8.self), exitStatus: process.terminationStatus)
  }

  private static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  private static let client = products.appending(path: "pam-client").path
  private static let witness = products.appending(path: "libpam_witness.so").path
}
