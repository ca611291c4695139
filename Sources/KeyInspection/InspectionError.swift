// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings
public import SystemText

/// Why keys cannot be inspected.
public enum InspectionError: Error, Equatable {
  /// The kernel or a sandbox has no keyrings for this process: ENOSYS, EPERM.
  case notAvailable(Errno)
  /// keyctl_get_keyring_ID(3) or keyctl_describe(3) failed for the session keyring.
  case sessionKeyring(Errno)
  /// keyctl_describe(3) returned a text that is not as documented.
  case invalidDescription
  /// request_key(2) failed.
  case search(Errno)
  /// pthread_create(3) failed.
  case thread(Errno)
  /// Something else than a file is in the place of a file below /proc, as in most containers.
  case masked(String)
  case unreadable(ReadError)
  /// A file below /proc/sys/kernel/keys does not contain a number.
  case noNumber(String)
}
