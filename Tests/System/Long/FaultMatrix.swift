// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness

/// One call of a module on one kind of line, and every system call that the module makes in it.
///
/// Witness modules before and after it make a system call that nothing else makes, so that strace shows
/// what lies between. Each of these system calls is then made to fail once with each errno it may give.
struct FaultScenario {
  /// The call that the faults meet.
  enum Call: String { case open, close, establish, delete }

  let call: Call
  let module: String
  let line: String

  /// A session of a daemon's that holds a key, the steps before the call, the call, and a look around.
  private var steps: String {
    let before =
      switch call {
      case .open, .establish: ""
      case .close: "open:h"
      case .delete: "cred:h:establish"
      }
    let made =
      switch call {
      case .open: "open:h"
      case .close: "close:h"
      case .establish: "cred:h:establish"
      case .delete: "cred:h:delete"
      }
    return """
      join add:@s:secret dumpable:1 pdeathsig:15 show start:h:matrix:user \(before)
      note \(made) compare find:secret show
      """
  }

  private func login() throws -> Login {
    try Login(services: [
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
  func cells() throws -> [FaultCell] {
    let login = try login()
    let trace = login.directory.appending(path: "trace").path
    _ = try login.trace(["--output=\(trace)"], steps)
    let calls = Self.systemCalls(
      ofLastModule: try String(contentsOfFile: trace, encoding: .utf8))
    return try calls.flatMap { call in
      try Self.errnos(of: call.name).map { errno in
        let fault = "--inject=\(call.name):error=\(errno):when=\(call.ordinal)"
        // A named keyring can still be there from the run before: other users, another name.
        let login = line.contains("join=") ? try self.login() : login
        let transcript = try login.trace(
          ["--quiet=all", "--output=/dev/null", "--trace=\(call.name)", fault], steps)
        return FaultCell(
          scenario: self, systemCall: "\(call.name) \(call.ordinal)", errno: errno, uid: login.uid,
          transcript: transcript)
      }
    }
  }

  /// The system calls between the last two marks, each with its place among those of its name.
  private static func systemCalls(ofLastModule trace: String) -> [(name: String, ordinal: Int)] {
    var counts: [String: Int] = [:]
    var between: [(name: String, ordinal: Int)] = []
    var lastModule: [(name: String, ordinal: Int)] = []
    for line in trace.split(separator: "\n") {
      guard let parenthesis = line.firstIndex(of: "(") else { continue }
      let name = String(line[..<parenthesis])
      counts[name, default: 0] += 1
      if line.hasPrefix("getpgid(-4242)") {
        lastModule = between
        between = []
      } else if !name.hasSuffix("stat"), name != "newfstatat" {
        // nss_wrapper looks whether its file has changed; the module looks at none.
        between.append((name, counts[name] ?? 0))
      }
    }
    return lastModule
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
      case "prctl": ["EACCES", "EFAULT", "EINVAL"]
      case "capget", "capset": ["EFAULT", "EINVAL", "ESRCH"]
      case "getresuid": ["EFAULT"]
      case "brk", "mmap", "munmap": ["ENOMEM"]
      default: ["EACCES", "EBADF", "EFAULT", "EINVAL", "EIO", "ENOENT", "ENOMEM"]
      }
    return listed + ["EINTR", "ENOSYS", "EPERM"]
  }
}

/// One fault, and what came of it.
struct FaultCell {
  let scenario: FaultScenario
  let systemCall: String
  let errno: String
  let result: String
  let keyring: String
  let log: [String]
  let crashed: Bool
  /// How the caller is not as it was before the call.
  let changes: String
  let reachesDaemonsKey: Bool

  init(
    scenario: FaultScenario, systemCall: String, errno: String, uid: UInt32, transcript: Transcript
  ) {
    (self.scenario, self.systemCall, self.errno) = (scenario, systemCall, errno)
    let verb = scenario.call == .open || scenario.call == .close ? scenario.call.rawValue : "cred"
    result = transcript.results(of: verb).last ?? "none"
    log = transcript.log
    let shown = transcript.shown
    crashed = transcript.exitStatus != 0 || transcript.results(of: "compare").count != 1
    changes = transcript.results(of: "compare").filter { $0 != "same" }.joined()
    reachesDaemonsKey = transcript.results(of: "find") == ["ok"]
    keyring =
      if let session = shown.last, shown.count == 2, session.error.isEmpty {
        if session.uid == "\(uid)" {
          "the user's"
        } else if session.serial == shown[0].serial {
          "the daemon's"
        } else {
          session.name == "_ses" ? "private" : "another"
        }
      } else {
        shown.last?.error ?? "none"
      }
  }

  var callerIsSame: Bool { changes.isEmpty }
  var isSuccess: Bool { result == "PAM_SUCCESS" }
  var isOpening: Bool { scenario.call == .open || scenario.call == .establish }

  /// No facility, as far as the module can tell, and `inherit`: both leave the daemon's keyring.
  private var mayKeepDaemons: Bool {
    scenario.line.contains("inherit") || log.contains { $0.contains("no keyrings on this system") }
  }

  var isForeignUnderSuccess: Bool {
    isSuccess && isOpening && !mayKeepDaemons
      && (reachesDaemonsKey || keyring != "the user's" && keyring != "private")
  }

  var isLoggedOnce: Bool { log.count == 1 }

  /// The row of the table.
  var row: String {
    [
      scenario.call.rawValue, scenario.line, systemCall, errno, result, keyring,
      callerIsSame ? "same" : changes, log.joined(separator: " / "),
    ].joined(separator: "\t")
  }

  static let header = "call\tline\tsystem call\tfault\tresult\tsession keyring\tcaller\tlog"
}
