// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc

/// The path of what a descriptor is open on, as /proc has it, proc_pid_fd(5): without a symbolic link in it.
private func path(of descriptor: CInt) -> String? {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = unsafe readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
  guard count > 0, count < buffer.count else { return nil }
  return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// The path from one directory to what is open below it, with a slash before it; nil if that cannot be known.
func path(of descriptor: CInt, below root: CInt) -> String? {
  guard let whole = path(of: descriptor), let prefix = path(of: root) else { return nil }
  if prefix == "/" { return whole }
  return whole == prefix || whole.hasPrefix("\(prefix)/")
    ? String(whole.dropFirst(prefix.count)) : nil
}
