// SPDX-License-Identifier: BSD-3-Clause

/// A line that gives the session a keyring.
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
        .flatMap {
          (1..<256).contains($0.utf8.count) && !$0.hasPrefix(".") && !$0.hasPrefix("_uid")
            ? $0 : nil
        }
      let force = words.contains("force")
      self = .sessionKeyring(
        force: force, inherit: words.contains("inherit") && !force, name: name)
    default: return nil
    }
  }

  /// Whether what the daemon brought along can stay in the place of the user's.
  var canKeepAnothers: Bool {
    switch self {
    case .keyinit(let force): !force
    case .sessionKeyring(_, let inherit, _): inherit
    }
  }
}

/// The session keyring of a login, while its modules run, and what they remember of it.
struct LoginKeyring: Hashable {
  enum Keyring: Hashable {
    /// None: the kernel falls back to the user's `@us`.
    case none
    /// Root's `@us`, which a look without a session keyring has installed in the daemon.
    case implicitOfRoot
    /// One that whoever started the daemon gave it.
    case brought
    /// The user's own, made by the line at this place of the stack.
    case made(by: Int)
  }

  /// Whose session it is: a daemon's keyring looks like root's own.
  let isOfRoot: Bool
  /// What the daemon had.
  let beginning: Keyring
  private(set) var present: Keyring
  /// What pam_session_keyring gave this handle, under which name, and whether it was there before.
  private var recorded: Keyring?
  private var recordedName: String?
  private var wasFound = false
  /// pam_keyinit makes no second one.
  private var hasKeyinitMade = false
  /// The line that was the first to replace what another had made.
  private(set) var discarder: Int?

  /// What a daemon can have when a user logs in.
  static let beginnings: [LoginKeyring] = [Keyring.none, .implicitOfRoot, .brought].flatMap {
    [LoginKeyring(isOfRoot: false, present: $0), LoginKeyring(isOfRoot: true, present: $0)]
  }

  private init(isOfRoot: Bool, present: Keyring) {
    self.isOfRoot = isOfRoot
    (beginning, self.present) = (present, present)
  }

  /// The line that made it; nil if it is not the user's own, or not explicit.
  var maker: Int? { if case .made(let place) = present { place } else { nil } }

  private var isOwn: Bool { maker != nil }

  /// Lets a module do its part, the line at this place of the stack.
  mutating func run(_ module: KeyringModule, at place: Int) {
    switch module {
    case .keyinit(let force):
      guard !hasKeyinitMade else { return }
      // Without force it replaces nothing but what it takes for the user's own @us.
      guard force || present == .none || isOfRoot && present == .implicitOfRoot else { return }
      replace(at: place)
      hasKeyinitMade = true
    case .sessionKeyring(let force, let inherit, let name):
      let replaces: Bool
      if recorded == present {
        // A later line.
        replaces = name != nil && name != recordedName || wasFound && force
      } else {
        let adopts = isOwn && !isOfRoot && (inherit || !force && name == nil)
        // What was brought along is root's: for other users it is not kept.
        let keeps = inherit && isOfRoot && (isOwn || present == .brought)
        replaces = !adopts && !keeps
        (recordedName, wasFound) = (nil, true)
      }
      if replaces {
        replace(at: place)
        (recordedName, wasFound) = (name, false)
      }
      recorded = present
    }
  }

  private mutating func replace(at place: Int) {
    if isOwn, discarder == nil { discarder = place }
    present = .made(by: place)
  }
}
