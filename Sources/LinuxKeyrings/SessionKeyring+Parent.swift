// SPDX-License-Identifier: BSD-3-Clause

extension SessionKeyring {
  /// Makes the calling process's session keyring that of the process which started it.
  ///
  /// keyctl_session_to_parent(3). It is in force once the parent comes back from the kernel. Errors: EPERM,
  /// where the parent has more than one thread, has other user or group ids, or has a session keyring that
  /// another uid owns.
  public static func installInParent() throws(Errno) {
    try Keyctl.sessionKeyringToParent()
  }
}
