// SPDX-License-Identifier: BSD-3-Clause

/// What is known of modules by their names.
enum KnownModules {
  /// Modules that put keys, tokens or tickets into the session keyring, or may do so. The keyrings of
  /// pam_gnome_keyring, pam_kwallet and pam_zfs_key are not the kernel's.
  static let storesInKeyring: Set<String> = [
    "pam_afs_session", "pam_cifscreds", "pam_e4crypt", "pam_ecryptfs", "pam_fscrypt", "pam_krb5",
    "pam_mount", "pam_openafs_session", "pam_sss", "pam_winbind",
  ]

  /// Those that store in pam_setcred(3) too, before any session line.
  static func storesCredentials(_ handler: Handler) -> Bool {
    handler.module.map { storesInKeyring.contains($0) && $0 != "pam_openafs_session" } ?? false
  }

  static func storesKeys(_ handler: Handler) -> Bool {
    handler.module.map(storesInKeyring.contains) ?? false
  }

  /// What a line's module can return when a session opens: pam_permit(8), pam_deny(8), pam_debug(8). The
  /// keyring modules are taken to succeed: ``Finding/Kind/locksOut`` is about their failure. Any other
  /// module can return anything.
  static func results(of handler: Handler) -> [ReturnCode] {
    switch handler.module {
    case "pam_permit", "pam_keyinit", "pam_session_keyring": [.success]
    case "pam_deny": [.sessionError]
    case "pam_debug": [debugResult(handler.arguments)]
    default: ReturnCode.all.filter { $0 != .incomplete }
    }
  }

  private static func debugResult(_ arguments: [String]) -> ReturnCode {
    let prefix = "open_session="
    let value = arguments.first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
    return value.flatMap { ReturnCode(named: Array($0.utf8)) } ?? .success
  }
}
