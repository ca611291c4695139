// SPDX-License-Identifier: BSD-3-Clause

/// A session that opens and closes under difficulties. The tests hold the module to what comes of it; the
/// comparison counts the same for both modules.
public struct Comparison {
  private let arguments: String
  private let steps: String

  /// The module's arguments, and the driver's steps before the session.
  public init(_ arguments: String, _ steps: String) {
    (self.arguments, self.steps) = (arguments, steps)
  }

  /// A caller of some kind, in a session keyring that root owns and that would let anybody do anything.
  public static func caller(_ steps: String, _ arguments: String) -> Comparison {
    Comparison(arguments, "join setperm:@s:3f3f3f3f \(steps)")
  }

  /// A user who has no room for another byte, or for another key, and a daemon's session keyring.
  public static func quota(_ filling: String, _ daemon: String, _ arguments: String) -> Comparison {
    Comparison(arguments, "ids:{uid}:0:0:{uid} \(filling) ids:0:0:0:0 \(daemon)")
  }

  public static let fillings = ["fill", "crowd"]

  /// No session keyring (where the test runner has none), an implicit one, an explicit one.
  public static let daemons = ["", "show", "join"]

  public static let withoutKeyctl = ["seccomp:38", "seccomp:1"]

  public static let damagedUserSessionKeyring = [
    "fork [ ids:{uid}:{uid}:{uid} revoke:@us ]",
    "fork [ ids:{uid}:{uid}:{uid} setperm:@us:00210000 ]",
  ]

  public func session(of subject: Subject = .pamSessionKeyring) throws -> Outcome {
    let login = try PAMFixture(arguments, module: subject.path)
    let transcript = try login.run(
      "start:h:test:user \(steps) note open:h compare show close:h compare", within: 20)
    return Outcome(uid: login.uid, transcript: transcript)
  }
}

/// What came of a session.
public struct Outcome {
  public let uid: UInt32
  public let transcript: Transcript

  public var isOpened: Bool { transcript.results(of: "open") == ["PAM_SUCCESS"] }
  public var isClosed: Bool { transcript.results(of: "close") == ["PAM_SUCCESS"] }

  /// Whether the caller is as it was, after open and after close.
  public var callerIsSame: Bool { transcript.results(of: "compare") == ["same", "same"] }

  public var log: [String] { transcript.log }

  /// The session keyring while the session was open.
  public var keyring: Shown? { transcript.shown.last }

  public var isPrivate: Bool { keyring?.name == "_ses" }
  public var isUsers: Bool { isPrivate && keyring?.uid == "\(uid)" }
  public var linksBoth: Bool { keyring?.links == ["_uid.\(uid)", "_uid_ses.\(uid)"] }
}
