// SPDX-License-Identifier: BSD-3-Clause

import CClient

/// The client's arguments, a step each: `verb` or `verb:argument:...`.
///
/// `fork [ ... ]` and `thread [ ... ]` run the steps between the brackets in a child process or in
/// another thread, and wait for it.
struct Script {
  var words: [String]
  static nonisolated(unsafe) var handles: [String: OpaquePointer] = [:]

  mutating func run() {
    while !words.isEmpty {
      let word = words.removeFirst()
      switch word {
      case "fork": fork(bracketed())
      case "thread": thread(bracketed())
      default: Step(word).run()
      }
    }
  }

  private mutating func bracketed() -> Script {
    var depth = 0
    var inner: [String] = []
    repeat {
      let word = words.removeFirst()
      if word == "[" { depth += 1 }
      if word == "]" { depth -= 1 }
      inner.append(word)
    } while depth > 0
    return Script(words: Array(inner.dropFirst().dropLast()))
  }

  private func fork(_ script: Script) {
    fflush(nil)
    let child = CClient.fork()
    if child == 0 {
      var script = script
      script.run()
      fflush(nil)
      _exit(0)
    }
    var status: CInt = 0
    waitpid(child, &status, 0)
    if status != 0 { print("child status \(status)") }
  }

  private func thread(_ script: Script) {
    let boxed = Unmanaged.passRetained(Box(script))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        var script = Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().script
        script.run()
        return nil
      }, boxed.toOpaque())
    pthread_join(thread, nil)
  }

  private final class Box {
    let script: Script
    init(_ script: Script) { self.script = script }
  }
}
