// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import Synchronization

/// Users nobody else has, a service that runs the built module, and a way to log in.
///
/// The users exist in a file that nss_wrapper reads in the place of /etc/passwd, the services in a
/// directory that libpam is pointed to; both are gone with the login.
public final class Login {
  public let uid: UInt32
  public let otherUID: UInt32
  private let users: [(name: String, uid: UInt32)]
  public let directory: URL

  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL
  public static let module = root.appending(path: "build/pam_session_keyring.so").path

  /// Fresh uids, in a range of this run's own: keys of an earlier user would count against the quota
  /// or be found.
  private static let nextUID = Atomic<UInt32>(
    100_000 + UInt32(truncatingIfNeeded: Int(Date().timeIntervalSince1970)) % 1_000_000 * 2_000)

  /// Makes users `user`, `other` and as many more as `u0`, `u1`, ..., and service `test` from these
  /// module arguments. `{module}` in other services is the module, `{witness}` the one that
  /// stands around it, `{directory}` the directory of this login's files.
  public init(
    _ arguments: String = "", module: String = Login.module, moreUsers: UInt32 = 0,
    services: [String: String] = [:]
  ) throws {
    uid = Self.nextUID.add(2 + moreUsers, ordering: .relaxed).oldValue
    otherUID = uid + 1
    let first = otherUID + 1
    users =
      [("user", uid), ("other", otherUID)] + (0..<moreUsers).map { ("u\($0)", first + $0) }
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
        text.replacing("{module}", with: module).replacing("{witness}", with: Self.witness)
          .replacing("{directory}", with: directory.path),
        to: name)
    }
    try write(
      users.reduce(
        """
        root:x:0:0::/root:/bin/sh
        self:x:\(getuid()):\(getgid())::/:/bin/sh
        overflow:x:65534:65534::/:/bin/sh
        nobody-uid:x:4294967295:100::/:/bin/sh
        nobody-gid:x:\(otherUID):4294967295::/:/bin/sh

        """
      ) { $0 + "\($1.name):x:\($1.uid):\($1.uid)::/:/bin/sh\n" },
      to: "passwd")
    try write(users.reduce("") { $0 + "\($1.name):x:\($1.uid):\n" }, to: "group")
  }

  /// The kernel collects revoked keyrings; others would stay for as long as it runs. Who is not root
  /// cannot become these users, and would revoke keyrings of its own.
  deinit {
    defer { try? FileManager.default.removeItem(at: directory) }
    guard getuid() == 0 else { return }
    let steps = users.map {
      "fork [ ids:\($0.uid):\($0.uid):\($0.uid) remember:@us revoke:@u revoke:it ]"
    }
    _ = try? run(steps.joined(separator: " "))
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: directory.appending(path: name))
  }

  private static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  public static let client = products.appending(path: "pam-client").path
  public static let tool = root.appending(path: "build/session-keyring").path
  private static let witness = products.appending(path: "libpam_witness.so").path
}
