// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc

/// The control groups that exist, cgroups(7), by the numbers that the kernel and the file system both have for
/// them: a process that has ended meanwhile, or whose number another has, is put into no wrong one.
public enum ControlGroups {
  /// The unit of each. Empty where no version 2 hierarchy is mounted.
  public static func units() -> [UInt64: SystemdUnit] {
    var units: [UInt64: SystemdUnit] = [:]
    // systemd mounts the second beside version 1.
    for root in ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"] where isVersion2(root) {
      walk(Array(root.utf8), below: root.utf8.count, into: &units)
      break
    }
    return units
  }

  private static func isVersion2(_ path: String) -> Bool {
    unsafe access(path + "/cgroup.controllers", F_OK) == 0
  }

  private static func walk(
    _ path: [UInt8], below length: Int, into units: inout [UInt64: SystemdUnit]
  ) {
    // SAFETY: a C string goes with the call.
    let opened = unsafe (path + [0]).map(CChar.init(bitPattern:)).withUnsafeBufferPointer { name in
      unsafe name.baseAddress.flatMap { unsafe opendir($0) }
    }
    guard let directory = unsafe opened else { return }
    defer { unsafe closedir(directory) }
    // SAFETY: the entry is valid until the next call.
    while let entry = unsafe readdir(directory) {
      guard unsafe entry.pointee.d_type == UInt8(DT_DIR) else { continue }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe Array($0.prefix { $0 != 0 })
      }
      guard name != [UInt8(ascii: ".")], name != Array("..".utf8) else { continue }
      let below = path + [UInt8(ascii: "/")] + name
      units[UInt64(unsafe entry.pointee.d_ino)] = SystemdUnit(controlGroup: Array(below[length...]))
      walk(below, below: length, into: &units)
    }
  }
}
