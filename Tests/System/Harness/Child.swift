// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import Synchronization

/// A program that runs as a child of this process, posix_spawn(3).
///
/// Foundation's Process would do, but children that are started at the same instant inherit each other's
/// descriptors there, and once in a while nobody is told of their end.
enum Child {
  struct CannotRun: Error {
    let program: String
    let errno: CInt
  }

  /// What had not ended in time, and was ended with all that it had started.
  struct TimedOut: Error, CustomStringConvertible {
    let command: String
    let seconds: Int
    let output: String
    var description: String { "waited \(seconds) s for the end of: \(command)\n\(output)" }
  }

  /// One child is started at a time, so that none inherits what is another's.
  private static let starting = Mutex(())

  /// Runs a program with nothing to read, and returns all it writes, and its exit status or the signal that
  /// ended it.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String], within seconds: Int
  ) throws -> (output: [UInt8], exitStatus: CInt) {
    let child = try start(program, arguments, environment: environment, hasInput: false)
    let (output, hasEnded) = read(child.output, within: seconds)
    close(child.output)
    if !hasEnded { kill(-child.process, SIGKILL) }
    var status: CInt = 0
    while waitpid(child.process, &status, 0) < 0, errno == EINTR {}
    guard hasEnded else {
      throw TimedOut(
        command: ([program] + arguments).joined(separator: " "), seconds: seconds,
        output: String(decoding: output, as: UTF8.self))
    }
    // As wait(2) has it: the low bits tell the signal.
    return (output, status & 0x7f == 0 ? status >> 8 & 0xff : status & 0x7f)
  }

  /// Reads until the other ends are closed, and says whether that was in time.
  private static func read(_ reading: CInt, within seconds: Int) -> ([UInt8], hasEnded: Bool) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while ContinuousClock.now < deadline {
      var end = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
      guard poll(&end, 1, 1000) > 0 else { continue }
      let count = Glibc.read(reading, &buffer, buffer.count)
      if count > 0 { output += buffer[..<count] }
      if count == 0 || count < 0 && errno != EINTR { return (output, true) }
    }
    return (output, false)
  }

  /// Starts a program in a process group of its own. What it does not read or write is /dev/null.
  static func start(
    _ program: String, _ arguments: [String], environment: [String: String], hasInput: Bool
  ) throws -> (process: pid_t, input: CInt, output: CInt) {
    try starting.withLock { _ in
      var (input, output): ([CInt], [CInt]) = ([-1, -1], [-1, -1])
      guard pipe(&output) == 0, !hasInput || pipe(&input) == 0 else {
        throw CannotRun(program: program, errno: errno)
      }
      for end in input + output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      defer { for end in [input[0], output[1]] where end >= 0 { close(end) } }

      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      if hasInput {
        posix_spawn_file_actions_adddup2(&actions, input[0], 0)
      } else {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      }
      for standard: CInt in [1, 2] {
        posix_spawn_file_actions_adddup2(&actions, output[1], standard)
      }
      var attributes = posix_spawnattr_t()
      posix_spawnattr_init(&attributes)
      defer { posix_spawnattr_destroy(&attributes) }
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))

      let words = ([program] + arguments).map { strdup($0) } + [nil]
      let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
      defer { for text in words + variables { free(text) } }
      var process: pid_t = 0
      let error = posix_spawn(&process, program, &actions, &attributes, words, variables)
      guard error == 0 else {
        for end in [input[1], output[0]] where end >= 0 { close(end) }
        throw CannotRun(program: program, errno: error)
      }
      return (process, input[1], output[0])
    }
  }
}
