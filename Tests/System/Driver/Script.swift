// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// The driver's arguments, a step each: `verb` or `verb:argument:...`.
///
/// `fork [ ... ]` and `thread [ ... ]` run the steps between the brackets in a child process or in
/// another thread, and wait for it; `background [ ... ]` waits until the child says `ready`.
/// `threads:N [ ... ]` runs them in N threads at once, with `{n}` for the thread's number,
/// `repeat:N [ ... ]` N times.
struct Script {
  var words: [String]
  /// The PAM handles that the script can use. A thread has its own list, which begins with those of the
  /// thread that started it.
  var handles: [String: OpaquePointer] = [:]

  mutating func run() {
    while !words.isEmpty {
      let word = words.removeFirst()
      switch word {
      case "fork": fork(bracketed())
      case "background": Background.run(bracketed())
      case "thread": threads(1, bracketed())
      case let word where word.hasPrefix("repeat:"):
        let script = bracketed()
        for _ in 0..<(Int(word.dropFirst("repeat:".count)) ?? 1) {
          var round = script
          round.run()
        }
      case let word where word.hasPrefix("threads:"):
        threads(Int(word.dropFirst("threads:".count)) ?? 1, bracketed())
      default: Step(word).run(&handles)
      }
    }
  }

  private mutating func bracketed() -> Script {
    var depth = 0
    var inner: [String] = []
    repeat {
      guard !words.isEmpty else { Step("[").fail("lacks its ]") }
      let word = words.removeFirst()
      if word == "[" { depth += 1 }
      if word == "]" { depth -= 1 }
      inner.append(word)
    } while depth > 0
    return Script(words: Array(inner.dropFirst().dropLast()), handles: handles)
  }

  private func fork(_ script: Script) {
    let child = CDriver.fork()
    if child == 0 {
      var script = script
      script.run()
      _exit(0)
    }
    var status: CInt = 0
    waitpid(child, &status, 0)
    if status != 0 { emit("child status \(status)") }
  }

  private func threads(_ count: Int, _ script: Script) {
    // nss_wrapper reads its files at the first look-up, and crashes or finds nobody if threads race.
    getpwuid(0)
    let threads = (0..<count).map { number in
      let words = script.words.map { $0.replacing("{n}", with: "\(number)") }
      let numbered = Script(words: words, handles: handles)
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          var script = Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().script
          script.run()
          return nil
        }, Unmanaged.passRetained(Box(numbered)).toOpaque())
      return thread
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  private final class Box {
    let script: Script
    init(_ script: Script) { self.script = script }
  }
}
