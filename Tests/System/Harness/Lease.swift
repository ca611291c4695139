// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import Foundation
import Synchronization

/// What this run of tests has to itself: uids, and a directory. A child keeps them by Tests/lease.sh, and
/// takes them back when this process has ended, however it ends.
final class Lease: Sendable {
  static let current = Result { try Lease() }

  let directory: URL
  private let nextUID: Atomic<UInt32>
  private let child: pid_t
  private let input: CInt

  private init() throws {
    let script = """
      . "$0" && echo "$uid $work" && exec >/dev/null 2>&1
      while read -r line; do :; done
      """
    let started = try Child.start(
      "/bin/sh", ["-c", script, PAMFixture.root.appending(path: "Tests/lease.sh").path],
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"].merging(
        ProcessInfo.processInfo.environment.filter { $0.key == "TMPDIR" }
      ) { $1 }, hasInput: true)
    var output: [UInt8] = []
    var byte: UInt8 = 0
    while read(started.output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { output.append(byte) }
    close(started.output)
    let words = String(decoding: output, as: UTF8.self).split(separator: " ", maxSplits: 1)
    guard words.count == 2, let uid = UInt32(words[0]) else {
      throw NoLease(description: "no uids or no directory for the tests: \(words)")
    }
    nextUID = Atomic(uid)
    directory = URL(filePath: String(words[1]))
    child = started.process
    input = started.input
    atexit { (try? Lease.current.get())?.end() }
  }

  /// The first of so many uids that nobody has had in this run.
  func uids(_ count: UInt32) -> UInt32 { nextUID.add(count, ordering: .relaxed).oldValue }

  private func end() {
    close(input)
    while waitpid(child, nil, 0) < 0, errno == EINTR {}
  }

  struct NoLease: Error, CustomStringConvertible { let description: String }
}

/// What was built, copied to where other users may load and run it: the tree can be in a directory of
/// root's alone.
enum Staged {
  static func copy(_ file: URL) -> String {
    copies.withLock { copies in
      if let copy = copies[file] { return copy }
      let copy = stage(file)
      copies[file] = copy
      return copy
    }
  }

  private static let copies = Mutex<[URL: String]>([:])

  /// What cannot be copied is looked for where it is, and the test that needs it says what it found.
  private static func stage(_ file: URL) -> String {
    guard let lease = try? Lease.current.get() else { return file.path }
    let copy = lease.directory.appending(path: file.lastPathComponent)
    try? FileManager.default.copyItem(at: file, to: copy)
    return copy.path
  }
}
