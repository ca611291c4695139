// SPDX-License-Identifier: BSD-3-Clause

/// A process, or a thread whose session keyring is another than that of its process, as the kernel has it.
public struct CensusTask: Equatable, Sendable {
  public var process: Int32
  /// The thread's own number; that of the process where it is its first.
  public var thread: Int32
  public var parent: Int32
  /// The real uid, by which the kernel chooses the fallback.
  public var user: UInt32
  public var effectiveUser: UInt32
  /// The uid that logged in, pam_loginuid(8); nil without a login.
  public var loginUser: UInt32?
  /// What the thread calls itself, up to 15 bytes, prctl(2) PR_SET_NAME.
  public var command: [UInt8]
  /// The number of its control group; 0 if there is none.
  public var controlGroup: UInt64
  public var keyring: CensusKeyring?

  public init(
    process: Int32, thread: Int32? = nil, parent: Int32 = 1, user: UInt32,
    effectiveUser: UInt32? = nil,
    loginUser: UInt32? = nil, command: [UInt8] = [], controlGroup: UInt64 = 0,
    keyring: CensusKeyring? = nil
  ) {
    (self.process, self.thread, self.parent) = (process, thread ?? process, parent)
    (self.user, self.effectiveUser) = (user, effectiveUser ?? user)
    (self.loginUser, self.command, self.controlGroup) = (loginUser, command, controlGroup)
    self.keyring = keyring
  }
}
