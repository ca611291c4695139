// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness

/// One call of a module on one kind of line, and every system call that the module makes in it.
///
/// Witness modules before and after it make a system call that nothing else makes, so that strace shows
/// what lies between. Each of these system calls is then made to fail once with each errno it may give.
struct FaultScenario {
  /// The call that the faults meet: the driver's step for it, its verb, and what comes before it.
  struct PAMCall {
    let name: String
    let step: String
    var before = ""

    static let open = PAMCall(name: "open", step: "open:h")
    static let close = PAMCall(name: "close", step: "close:h", before: "open:h")
    static let establish = PAMCall(name: "establish", step: "cred:h:establish")
    static let delete = PAMCall(name: "delete", step: "cred:h:delete", before: "cred:h:establish")

    var verb: String { String(step.prefix { $0 != ":" }) }
    var opens: Bool { before.isEmpty }
  }

  let call: PAMCall
  let module: String
  let line: String
  /// The driver's steps that make the caller something else than root.
  var caller = ""

  /// A session of a daemon's that holds a key, the steps before the call, the call, and a look around.
  private var steps: String {
    """
    start:h:matrix:user join setperm:@s:3f3f3f3f add:@s:secret \(caller) dumpable:1 pdeathsig:15
    show \(call.before) note \(call.step) compare find:secret show
    """
  }

  private func login() throws -> PAMFixture {
    try PAMFixture(services: [
      "matrix": """
      auth required {witness} mark
      auth required \(module) \(line)
      auth required {witness} mark
      session required {witness} mark
      session required \(module) \(line)
      session required {witness} mark

      """
    ])
  }

  /// Injects every fault, one a run.
  func cells() throws -> [FaultResult] {
    let login = try login()
    let trace = login.directory.appending(path: "trace").path
    _ = try login.trace(["--output=\(trace)"], steps)
    let calls = try Trace.ofModules(in: String(contentsOfFile: trace, encoding: .utf8)).last ?? []
    let firstKeyctl = calls.first { $0.name == "keyctl" }?.ordinal
    return try calls.flatMap { call in
      try Self.errnos(of: call.name).map { errno in
        let fault = "--inject=\(call.name):error=\(errno):when=\(call.ordinal)"
        // A named keyring can still be there from the run before: other users, another name.
        let login = line.contains("join=") ? try self.login() : login
        let transcript = try login.trace(
          ["--quiet=all", "--output=/dev/null", "--trace=\(call.name)", fault], steps)
        return FaultResult(
          scenario: self, systemCall: "\(call.name) \(call.ordinal)",
          isFirstKeyctl: call.name == "keyctl" && call.ordinal == firstKeyctl, errno: errno,
          uid: login.uid,
          transcript: transcript)
      }
    }
  }

  /// What the manual page lists for the call, and what a sandbox or a signal could make of it.
  private static func errnos(of systemCall: String) -> [String] {
    let listed =
      switch systemCall {
      case "keyctl":
        [
          "EACCES", "EAGAIN", "EDEADLK", "EDQUOT", "EEXIST", "EFAULT", "EINVAL", "EKEYEXPIRED",
          "EKEYREJECTED", "EKEYREVOKED", "ELOOP", "ENAMETOOLONG", "ENFILE", "ENOENT", "ENOKEY",
          "ENOMEM", "ENOTDIR", "ENXIO", "EOPNOTSUPP",
        ]
      case "setresuid": ["EAGAIN", "EINVAL"]
      case "rt_sigprocmask": ["EFAULT", "EINVAL"]
      case "unshare": ["EINVAL", "ENOMEM"]
      case "prctl": ["EACCES", "EFAULT", "EINVAL"]
      case "capget", "capset": ["EFAULT", "EINVAL", "ESRCH"]
      case "getresuid": ["EFAULT"]
      case "brk", "mmap", "munmap": ["ENOMEM"]
      default: ["EACCES", "EBADF", "EFAULT", "EINVAL", "EIO", "ENOENT", "ENOMEM"]
      }
    return listed + ["EINTR", "ENOSYS", "EPERM"]
  }
}
