// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings

/// Why the kernel cannot be asked for the session keyrings of all processes.
public enum CensusError: Error, Equatable {
  /// The process is in another pid or user namespace than the kernel's first.
  case inContainer
  /// Neither root nor CAP_BPF and CAP_PERFMON.
  case notPrivileged
  /// The library does not load: what dlopen(3) said.
  case noLibrary(String)
  /// The library has no function of this name.
  case noFunction(String)
  /// The kernel does not describe its structures.
  case noTypeInformation
  /// The kernel is in lockdown, kernel_lockdown(7).
  case lockedDown
  /// A sandbox forbids bpf(2), or the kernel has none: EPERM, ENOSYS.
  case forbidden(Errno)
  /// A call of the library failed.
  case failed(String, Errno)
  /// Reading what the program wrote failed.
  case read(Errno)
  /// What the program wrote is cut short.
  case invalidRows
}
