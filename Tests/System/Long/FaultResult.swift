// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness

/// One fault, and what came of it.
struct FaultResult {
  let scenario: FaultScenario
  let systemCall: String
  let errno: String
  let isFirstKeyctl: Bool
  let result: String
  let keyring: String
  let log: [String]
  let crashed: Bool
  /// How the caller is not as it was before the call.
  let changes: String
  let reachesDaemonsKey: Bool

  init(
    scenario: FaultScenario, systemCall: String, isFirstKeyctl: Bool, errno: String, uid: UInt32,
    transcript: Transcript
  ) {
    (self.scenario, self.systemCall, self.errno) = (scenario, systemCall, errno)
    self.isFirstKeyctl = isFirstKeyctl
    result = transcript.results(of: scenario.call.verb).last ?? "none"
    log = transcript.log
    let shown = transcript.shown
    crashed = transcript.exitStatus != 0 || transcript.results(of: "compare").count != 1
    changes = transcript.results(of: "compare").filter { $0 != "same" }.joined()
    reachesDaemonsKey = transcript.results(of: "find") == ["ok"]
    keyring =
      if let session = shown.last, shown.count == 2, session.error.isEmpty {
        if session.uid == "\(uid)" {
          "the user's"
        } else if session.serial == shown.first?.serial {
          "the daemon's"
        } else {
          session.name == "_ses" ? "private" : "another"
        }
      } else {
        shown.last?.error ?? "none"
      }
  }

  /// A caller that may not ask whether it has threads is treated as one that has: the flag stays cleared.
  var callerIsSame: Bool {
    changes.isEmpty || systemCall.hasPrefix("unshare ") && changes == "dumpable: 1 -> 0"
  }
  var isSuccess: Bool { result == "PAM_SUCCESS" }

  /// No key facility, as far as the module can see: the daemon's keyring stays.
  private var mayKeepDaemons: Bool { isFirstKeyctl && ["ENOSYS", "EPERM"].contains(errno) }

  var isForeignUnderSuccess: Bool {
    isSuccess && scenario.call.opens && !mayKeepDaemons
      && (reachesDaemonsKey || keyring != "the user's" && keyring != "private")
  }

  /// With the step that failed, what was said to it, and whose session it was.
  var isLoggedOnce: Bool {
    log.count == 1
      && log.allSatisfy { $0.contains(#/^[A-Z]+ [^:]+: .+ \(uid -?\d+, keyring -?\d+\)$/#) }
  }

  /// The row of the table.
  var row: String {
    [
      scenario.call.name, scenario.line, scenario.caller, systemCall, errno, result, keyring,
      callerIsSame ? "same" : changes, log.joined(separator: " / "),
    ].joined(separator: "\t")
  }

  static let header =
    "call\tline\tcaller\tsystem call\tfault\tresult\tsession keyring\tcaller after\tlog"
}
