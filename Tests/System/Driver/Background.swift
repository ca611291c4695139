// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// Children that go on beside the script, `background [ ... ]`.
///
/// The driver goes on when its child says `ready`, or ends. A child that has come to `await` ends with the
/// driver.
enum Background {
  /// A pipe whose writing end the driver alone keeps open, for as long as it runs.
  nonisolated(unsafe) private static var lifetime: [CInt] = [-1, -1]
  /// In a child: where it says that it is ready.
  nonisolated(unsafe) private static var parent: CInt = -1

  static func prepare() { pipe2(&lifetime, O_CLOEXEC) }

  static func run(_ script: Script) {
    var ready: [CInt] = [-1, -1]
    pipe2(&ready, O_CLOEXEC)
    if fork() == 0 {
      close(ready[0])
      close(lifetime[1])
      parent = ready[1]
      var script = script
      script.run()
      _exit(0)
    }
    close(ready[1])
    awaitEnd(of: ready[0])
    close(ready[0])
  }

  static func tellParent() { close(parent) }

  static func awaitEndOfDriver() { awaitEnd(of: lifetime[0]) }

  /// Nothing is ever written: the end of the pipe is the message.
  private static func awaitEnd(of reading: CInt) {
    var byte: UInt8 = 0
    while read(reading, &byte, 1) < 0, driver_errno() == EINTR {}
  }
}
