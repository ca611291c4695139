// SPDX-License-Identifier: BSD-3-Clause

import CDriver
import Synchronization

/// A thread that does nothing but look at its own ids.
enum Bystander {
  private static let isWatching = Atomic(false)
  nonisolated(unsafe) private static var thread = pthread_t()
  nonisolated(unsafe) private static var looks = 0
  nonisolated(unsafe) private static var foreign = 0

  static func run(_ command: String) {
    if command == "start" {
      isWatching.store(true, ordering: .sequentiallyConsistent)
      pthread_create(&thread, nil, { _ in Bystander.watch() }, nil)
      usleep(1000)
    } else {
      isWatching.store(false, ordering: .sequentiallyConsistent)
      pthread_join(thread, nil)
      emit("bystander \(looks) looks \(foreign) foreign")
    }
  }

  private static func watch() -> UnsafeMutableRawPointer? {
    let own = ids()
    while isWatching.load(ordering: .relaxed) {
      looks += 1
      if ids() != own { foreign += 1 }
    }
    return nil
  }

  private static func ids() -> [UInt32] {
    var ids: [UInt32] = [0, 0, 0, 0, 0, 0]
    ids.withUnsafeMutableBufferPointer {
      guard let start = $0.baseAddress else { return }
      getresuid(start, start + 1, start + 2)
      getresgid(start + 3, start + 4, start + 5)
    }
    return ids + [UInt32(setfsuid(.max)), UInt32(setfsgid(.max))]
  }
}
