// SPDX-License-Identifier: BSD-3-Clause

/// The session keyring of a login while its modules run, and what they record of it.
struct LoginKeyring: Hashable {
  enum Keyring: Hashable {
    /// None: the kernel falls back to the user's `@us`.
    case none
    /// Root's `@us`, which the kernel installed in the program when it inspected its session keyring.
    case implicitOfRoot
    /// An explicit one owned by root, inherited from whoever started the program.
    case inherited
    /// An explicit one of the user who ran su, sudo or the like.
    case ofInvoker
    /// The user's own, created by a line of the auth stack.
    case byCredentials
    /// The user's own, created by the line at this index of the stack.
    case created(by: Int)
  }

  /// Whether root logs in: an inherited session keyring looks like root's own.
  let isOfRoot: Bool
  /// What the program had before.
  let beginning: Keyring
  private(set) var present: Keyring
  /// What pam_session_keyring gave this handle, under which name, and whether it was there before.
  private var recorded: Keyring?
  private var recordedName: String?
  private var wasFound = false
  /// pam_keyinit creates no second one.
  private var hasKeyinitCreated = false
  /// The first line that replaced what another had created.
  private var replacer: Int?
  /// Whether it links the user session keyring.
  private(set) var linksUserSession = false
  /// Whether a module may have stored keys in it, and in one that a later line replaced.
  private var hasKeys = false
  private(set) var hasLostKeys = false

  /// What a program can have when a user logs in; with an invoker, a program such as su or sudo.
  static func beginnings(withInvoker: Bool) -> [LoginKeyring] {
    ([Keyring.none, .implicitOfRoot, .inherited] + (withInvoker ? [.ofInvoker] : [])).flatMap {
      [LoginKeyring(isOfRoot: false, present: $0), LoginKeyring(isOfRoot: true, present: $0)]
    }
  }

  /// Where keyrings do not matter.
  static let any = LoginKeyring(isOfRoot: false, present: .none)

  /// What a user has when pam_setcred(3) came first, and an auth line of this module created it for one that
  /// stores keys.
  static func withCredentials(name: String?) -> LoginKeyring {
    var keyring = any
    (keyring.present, keyring.recorded, keyring.recordedName) = (
      .byCredentials, .byCredentials, name
    )
    (keyring.hasKeys, keyring.linksUserSession) = (true, true)
    return keyring
  }

  /// Hashes the fields that differ most alone, since a walk puts each of its states into a set. All are compared.
  func hash(into hasher: inout Hasher) {
    hasher.combine(isOfRoot)
    hasher.combine(beginning)
    hasher.combine(present)
  }

  private init(isOfRoot: Bool, present: Keyring) {
    self.isOfRoot = isOfRoot
    (beginning, self.present) = (present, present)
  }

  /// The line that created it; nil if it is not the user's own, or not explicit.
  var creator: Int? { if case .created(let index) = present { index } else { nil } }

  /// The line that replaced what another had created, where something is lost by that. Where nothing was stored
  /// until then, and the user session keyring is linked in the end, nothing is.
  var discarder: Int? { hasLostKeys || !linksUserSession ? replacer : nil }

  var isOwn: Bool { creator != nil || present == .byCredentials }

  /// Runs the module of the line at this index of the stack.
  mutating func run(_ module: KeyringModule, at index: Int) {
    switch module {
    case .keyinit(let force):
      guard !hasKeyinitCreated else { return }
      // Without force it replaces nothing but what it takes for the user's own @us.
      guard force || present == .none || isOfRoot && present == .implicitOfRoot else { return }
      replace(at: index, linkingUserSession: false)
      hasKeyinitCreated = true
    case .sessionKeyring(let force, let inherit, let name, let links):
      let replaces: Bool
      if recorded == present {
        // A later line.
        replaces = name != nil && name != recordedName || wasFound && force
        if isOwn, links.isNamed, links.includeUserSession { linksUserSession = true }
      } else {
        let adopts = isOwn && !isOfRoot && (inherit || !force && name == nil)
        // One that root owns is not kept for other users.
        let keeps =
          inherit && (present == .ofInvoker || isOfRoot && (isOwn || present == .inherited))
        replaces = !adopts && !keeps
        if adopts, links.includeUserSession { linksUserSession = true }
        (recordedName, wasFound) = (nil, true)
      }
      if replaces {
        replace(at: index, linkingUserSession: links.includeUserSession)
        (recordedName, wasFound) = (name, false)
        // Of the user's other logins.
        hasKeys = name != nil
      }
      recorded = present
    }
  }

  /// Runs a module that may store keys.
  mutating func store() { hasKeys = true }

  private mutating func replace(at index: Int, linkingUserSession: Bool) {
    if isOwn, replacer == nil { replacer = index }
    if hasKeys { hasLostKeys = true }
    (hasKeys, linksUserSession) = (false, linkingUserSession)
    present = .created(by: index)
  }
}
