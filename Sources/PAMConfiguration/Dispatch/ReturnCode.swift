// SPDX-License-Identifier: BSD-3-Clause

/// What a PAM function can return, by the number and the name that pam.conf(5) has for it.
struct ReturnCode: Hashable {
  let rawValue: Int

  /// In the order of the numbers in <security/_pam_types.h>.
  static let names = [
    "success", "open_err", "symbol_err", "service_err", "system_err", "buf_err", "perm_denied",
    "auth_err", "cred_insufficient", "authinfo_unavail", "user_unknown", "maxtries",
    "new_authtok_reqd", "acct_expired", "session_err", "cred_unavail", "cred_expired", "cred_err",
    "no_module_data", "conv_err", "authtok_err", "authtok_recover_err", "authtok_lock_busy",
    "authtok_disable_aging", "try_again", "ignore", "abort", "authtok_expired", "module_unknown",
    "bad_item", "conv_again", "incomplete",
  ]

  init(rawValue: Int) { self.rawValue = rawValue }

  init?(named name: [UInt8]) {
    guard let index = Self.names.firstIndex(where: { Array($0.utf8) == name }) else { return nil }
    rawValue = index
  }

  private static func named(_ name: String) -> ReturnCode {
    ReturnCode(named: Array(name.utf8)) ?? ReturnCode(rawValue: 0)
  }
  static let success = ReturnCode(rawValue: 0)
  static let ignore = named("ignore")
  static let sessionError = named("session_err")
  static let credentialsError = named("cred_err")
  static let moduleUnknown = named("module_unknown")
  static let incomplete = named("incomplete")
  /// `PAM_MUST_FAIL_CODE`: what libpam itself returns for a line that it cannot use.
  static let mustFail = named("perm_denied")

  static let all = names.indices.map(ReturnCode.init)
}
