// SPDX-License-Identifier: BSD-3-Clause

internal import LinuxKeyrings

/// The module of a line that creates session keyrings, and its arguments.
enum KeyringModule {
  /// pam_keyinit(8).
  case keyinit(force: Bool)
  /// pam_session_keyring(8).
  case sessionKeyring(force: Bool, inherit: Bool, name: String?)

  init?(_ handler: Handler) {
    let words = handler.arguments
    switch handler.module {
    case "pam_keyinit": self = .keyinit(force: words.contains("force"))
    case "pam_session_keyring":
      // With an invalid argument it takes the safer reading: as without a name, and force over inherit.
      let name = words.last { $0.hasPrefix("join=") }.map { String($0.dropFirst("join=".count)) }
        .flatMap { Self.isKeyringName($0) ? $0 : nil }
      let force = words.contains("force")
      self = .sessionKeyring(
        force: force, inherit: words.contains("inherit") && !force, name: name)
    default: return nil
    }
  }

  /// The rule by which the module itself takes a name.
  private static func isKeyringName(_ name: String) -> Bool {
    // SAFETY: the characters end in a NUL and are valid for the call.
    unsafe name.withCString { unsafe KeyringName($0) != nil }
  }

  /// Whether it keeps the session keyring of the user who ran su, sudo or the like, since its line says so.
  var inherits: Bool { if case .sessionKeyring(_, true, _) = self { true } else { false } }

  /// Whether an inherited session keyring can stay in the place of the user's.
  var canKeepAnothers: Bool {
    switch self {
    case .keyinit(let force): !force
    case .sessionKeyring(_, let inherit, _): inherit
    }
  }
}
