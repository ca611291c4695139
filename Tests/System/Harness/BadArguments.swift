// SPDX-License-Identifier: BSD-3-Clause

import Foundation

/// Arguments that no module knows. Most of them fit into no line of a service's file.
public enum BadArguments {
  public static let vectors: [String: [[UInt8]]] = [
    "a hundred": (0..<100).map { Array("argument\($0)".utf8) },
    "a megabyte": [Array(repeating: UInt8(ascii: "a"), count: 1 << 20)],
    "a name of a megabyte": [Array(("join=" + String(repeating: "n", count: 1 << 20)).utf8)],
    "a list of a megabyte": [Array(("link=" + String(repeating: "user,", count: 200_000)).utf8)],
    "empty": [[]],
    "not UTF-8": [[0xff, 0xfe, 0x80], [0xc3, 0x28]],
    "format characters": [Array("%s%n%1000000d".utf8)],
    "two lines": [Array("one\nlog ERR two".utf8)],
    "terminal control": [Array("\u{1b}[2J\u{7}".utf8)],
  ]

  /// A session whose service calls the module with these arguments.
  public static func session(
    _ vector: [[UInt8]], of subject: Subject = .pamSessionKeyring
  ) throws -> Outcome {
    let login = try PAMFixture(services: [
      "relay": "session required {witness} relay \(subject.path) {directory}/vector\n"
    ])
    try login.directory.appending(path: "vector").write(vector.flatMap { $0 + [0] })
    let transcript = try login.run(
      "join start:h:relay:user open:h show close:h end:h", within: 20)
    return Outcome(uid: login.uid, transcript: transcript)
  }
}
