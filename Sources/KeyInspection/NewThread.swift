// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc
internal import LinuxKeyrings

/// Runs a function in a new thread and returns its value, pthread_create(3) and pthread_join(3).
///
/// A thread starts with its creator's session keyring: what the function does to it ends with the thread.
func withNewThread<Value>(_ body: @escaping () -> Value) throws(InspectionError) -> Value {
  let threadBody = ThreadBody(body)
  let reference = unsafe Unmanaged<AnyThreadBody>.passRetained(threadBody)
  var thread = pthread_t()
  // SAFETY: the thread takes over the reference that is retained for it, and ends before `threadBody` does.
  let error = unsafe pthread_create(
    &thread, nil,
    { argument in
      if let argument = unsafe argument {
        unsafe Unmanaged<AnyThreadBody>.fromOpaque(argument).takeRetainedValue().run()
      }
      return nil
    }, unsafe reference.toOpaque())
  guard error == 0 else {
    // SAFETY: there is no thread to take it over.
    unsafe reference.release()
    throw .thread(Errno(rawValue: error))
  }
  pthread_join(thread, nil)
  guard let value = threadBody.value else { throw .thread(Errno(rawValue: ESRCH)) }
  return value
}

private class AnyThreadBody {
  func run() {}
}

private final class ThreadBody<Value>: AnyThreadBody {
  private let body: () -> Value
  private(set) var value: Value?

  init(_ body: @escaping () -> Value) { self.body = body }

  override func run() { value = body() }
}
