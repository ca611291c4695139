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

  /// One child is started at a time, so that none inherits what is another's.
  private static let starting = Mutex(())

  /// Runs a program with nothing to read, and returns all it writes, and its exit status or the signal that
  /// ended it.
  static func run(_ program: String, _ arguments: [String], environment: [String: String]) throws
    -> (output: [UInt8], exitStatus: CInt)
  {
    let (process, reading) = try starting.withLock { _ in
      try start(program, arguments, environment)
    }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(reading, &buffer, buffer.count)
      if count > 0 { output += buffer[..<count] }
      if count == 0 || count < 0 && errno != EINTR { break }
    }
    close(reading)
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // As wait(2) has it: the low bits tell the signal.
    return (output, status & 0x7f == 0 ? status >> 8 & 0xff : status & 0x7f)
  }

  private static func start(
    _ program: String, _ arguments: [String], _ environment: [String: String]
  ) throws -> (process: pid_t, reading: CInt) {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw CannotRun(program: program, errno: errno) }
    defer { close(ends[1]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)

    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, program, &actions, nil, words, variables)
    guard error == 0 else {
      close(ends[0])
      throw CannotRun(program: program, errno: error)
    }
    return (process, ends[0])
  }
}
