// SPDX-License-Identifier: BSD-3-Clause

import Foundation

/// Users nobody else has, a service that runs the built module, and a way to log in.
///
/// The users exist in a file that nss_wrapper reads in the place of /etc/passwd, the services in a
/// directory that libpam is pointed to; both are gone with the login.
public final class PAMFixture {
  public let uid: UInt32
  public let otherUID: UInt32
  private let users: [(name: String, uid: UInt32)]
  public let directory: URL

  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL
  /// What `make build` made; others than root load a copy of it.
  public static let builtModule = root.appending(path: "build/pam_session_keyring.so")
  public static let module = Staged.copy(builtModule)

  /// Makes users `user`, `other` and as many more as `u0`, `u1`, ..., and service `test` from these
  /// module arguments. `{module}` in other services is the module, `{witness}` the one that
  /// stands around it, `{directory}` the directory of this login's files.
  public init(
    _ arguments: String = "", module: String = PAMFixture.module, moreUsers: UInt32 = 0,
    services: [String: String] = [:]
  ) throws {
    let lease = try Lease.current.get()
    uid = lease.uids(2 + moreUsers)
    otherUID = uid + 1
    let first = otherUID + 1
    users =
      [("user", uid), ("other", otherUID)] + (0..<moreUsers).map { ("u\($0)", first + $0) }
    directory = lease.directory.appending(path: "\(uid)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
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

  deinit {
    if getuid() == 0 {
      _ = try? run("forget:" + users.map { "\($0.uid)" }.joined(separator: ":"))
    }
    try? FileManager.default.removeItem(at: directory)
  }

  private func write(_ text: String, to name: String) throws {
    try directory.appending(path: name).write(text.utf8)
  }

  private static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  /// A program or library that was built beside this one.
  public static func product(_ name: String) -> String {
    Staged.copy(products.appending(path: name))
  }
  public static let driver = product("pam-driver")
  public static let tool = Staged.copy(root.appending(path: "build/session-keyring"))
  private static let witness = product("libpam_witness.so")
}
