// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import LinuxKeyrings

/// A thread for one call. The session keyring is a thread's: what the call does to it ends with the thread.
enum ThreadOfItsOwn {
  static func run<Value>(_ body: @escaping () -> Value) throws(Unavailable) -> Value {
    let call = Call(body)
    let reference = unsafe Unmanaged<AnyCall>.passRetained(call)
    var thread = pthread_t()
    // SAFETY: the thread takes over the reference that is retained for it, and ends before `call` does.
    let error = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<AnyCall>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      }, unsafe reference.toOpaque())
    guard error == 0 else {
      // SAFETY: there is no thread to take it over.
      unsafe reference.release()
      throw Unavailable("cannot start a thread", Errno(rawValue: error))
    }
    pthread_join(thread, nil)
    guard let value = call.value else { throw Unavailable("a thread ended before its time") }
    return value
  }

  private class AnyCall {
    func run() {}
  }

  private final class Call<Value>: AnyCall {
    private let body: () -> Value
    private(set) var value: Value?

    init(_ body: @escaping () -> Value) { self.body = body }

    override func run() { value = body() }
  }
}
