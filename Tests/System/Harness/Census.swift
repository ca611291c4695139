// SPDX-License-Identifier: BSD-3-Clause

import Foundation

/// What `session-keyring ps --json` says, run by root.
public struct Census: Decodable {
  public struct Process: Decodable, Equatable {
    public let pid: Int32
    public let tid: Int32?
    public let uid: UInt32
    public let login_uid: UInt32?
    public let command: String
    public let unit: String?
    public let state: String
    public let keyring: Keyring?
  }

  public struct Keyring: Decodable, Equatable {
    public let serial: Int32
    public let uid: UInt32
    public let permissions: String
    public let name: String
  }

  public let version: Int
  public let kernel: String
  public let processes: [Process]

  /// Reads it from what was printed, other things before it.
  public init(in transcript: Transcript) throws {
    let lines = transcript.description.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(of: "{"), let last = lines.lastIndex(of: "}") else {
      throw Transcript.Missing(description: "no JSON in: \(transcript)")
    }
    let text = lines[first...last].joined(separator: "\n")
    self = try JSONDecoder().decode(Census.self, from: Data(text.utf8))
  }

  /// Looks at the user's processes while a child of the driver waits that has come through these steps.
  public static func ofUser(after steps: String, in login: PAMFixture) throws -> (
    Census, Transcript
  ) {
    let transcript = try login.run(
      "background [ \(steps) ready await ] fork [ exec:\(PAMFixture.tool):ps:--json:--user:{uid} ]")
    return (try Census(in: transcript), transcript)
  }
}
