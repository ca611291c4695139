// SPDX-License-Identifier: BSD-3-Clause

internal import CLinux
internal import Glibc
internal import LinuxKeyrings
internal import SystemText

/// What the census needs of the kernel and of this process, and what is missing where it fails.
enum CensusRequirement {
  /// Fails for what is certain before anything is tried.
  static func check() throws(CensusError) {
    // The kernel lists the tasks of the reader's pid namespace, under the numbers of the first one.
    for (name, inode) in [("pid", 0xeffffffc), ("user", 0xeffffffd)] as [(String, UInt64)] {
      var status = stat()
      // Where /proc is not mounted nothing is certain.
      if unsafe stat("/proc/self/ns/\(name)", &status) == 0, status.st_ino != inode {
        throw .inContainer
      }
    }
    guard hasCapabilities else { throw .notPrivileged }
    guard unsafe access("/sys/kernel/btf/vmlinux", R_OK) == 0 else { throw .noTypeInformation }
  }

  /// What a failed call is a sign of.
  static func cause(of error: CensusError) -> CensusError {
    guard case .failed(_, let errno) = error else { return error }
    if isLockedDown { return .lockedDown }
    return errno == .notPermitted || errno == .notImplemented ? .forbidden(errno) : error
  }

  /// CAP_SYS_ADMIN, or CAP_BPF and CAP_PERFMON, capabilities(7).
  private static var hasCapabilities: Bool {
    var capabilities = thread_capabilities()
    // SAFETY: the call writes no more than the structure holds.
    guard unsafe thread_capget(&capabilities) == 0 else { return false }
    let effective = UInt64(capabilities.high.effective) << 32 | UInt64(capabilities.low.effective)
    func has(_ capability: CInt) -> Bool { effective >> UInt64(capability) & 1 == 1 }
    return has(CAP_SYS_ADMIN) || has(CAP_BPF) && has(CAP_PERFMON)
  }

  /// Whether the kernel keeps its memory from root: `none integrity [confidentiality]`, kernel_lockdown(7).
  private static var isLockedDown: Bool {
    let bytes = (try? SmallFile.contents(at: "/sys/kernel/security/lockdown")) ?? []
    return String(decoding: bytes, as: UTF8.self).contains("[confidentiality]")
  }
}
