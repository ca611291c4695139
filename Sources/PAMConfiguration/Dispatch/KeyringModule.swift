// SPDX-License-Identifier: BSD-3-Clause

internal import LinuxKeyrings

/// The module of a line that creates session keyrings, and its arguments.
enum KeyringModule {
  /// pam_keyinit(8).
  case keyinit(force: Bool)
  /// pam_session_keyring(8).
  case sessionKeyring(force: Bool, inherit: Bool, name: String?, Links)

  /// What a line says of links.
  struct Links {
    /// Whether it names them, and so adds them to a session that is open.
    let isNamed: Bool
    let includeUserSession: Bool

    /// An invalid list counts as none.
    fileprivate init(_ arguments: [String]) {
      let names = arguments.last { $0.hasPrefix("link=") }
        .map { $0.dropFirst("link=".count).split(separator: ",", omittingEmptySubsequences: false) }
      let known: Set<Substring> = ["user-session", "user", "persistent", "invoker"]
      isNamed = names.map { $0 == ["none"] || known.isSuperset(of: $0) } ?? false
      includeUserSession = !isNamed || names?.contains("user-session") ?? true
    }
  }

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
        force: force, inherit: words.contains("inherit") && !force, name: name, Links(words))
    default: return nil
    }
  }

  var isKeyinit: Bool { if case .keyinit = self { true } else { false } }

  /// The rule by which the module itself takes a name.
  private static func isKeyringName(_ name: String) -> Bool {
    // SAFETY: the characters end in a NUL and are valid for the call.
    unsafe name.withCString { unsafe KeyringName($0) != nil }
  }

  /// Whether it keeps the session keyring of the user who ran su, sudo or the like, since its line says so.
  var inherits: Bool { if case .sessionKeyring(_, true, _, _) = self { true } else { false } }

  /// Whether an inherited session keyring can stay in the place of the user's.
  var canKeepAnothers: Bool {
    switch self {
    case .keyinit(let force): !force
    case .sessionKeyring(_, let inherit, _, _): inherit
    }
  }
}
