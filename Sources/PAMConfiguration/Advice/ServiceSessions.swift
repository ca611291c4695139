// SPDX-License-Identifier: BSD-3-Clause

/// A service's stacks, and what becomes of its sessions. The walks along them are taken when they are asked for.
final class ServiceSessions {
  let reading: ServiceReading
  /// Whether it is su's, sudo's or the like, which may keep what they inherit.
  let hasInvoker: Bool
  private let steps: StepCount
  private let isInstalled: (Handler) -> Bool

  init(_ service: String, in files: FileTree, isInstalled: @escaping (Handler) -> Bool) {
    steps = StepCount(files.steps)
    reading = ServiceReading(service, in: files, steps: steps)
    self.isInstalled = isInstalled
    hasInvoker = KnownServices.isByInvoker(service)
  }

  private(set) lazy var dispatch = Dispatch(
    reading.isUsable ? reading.session : [],
    beginnings: LoginKeyring.beginnings(withInvoker: hasInvoker), steps: steps,
    isInstalled: isInstalled)

  /// The auth stack, whose modules may return anything but pam_permit.
  private(set) lazy var auth = Dispatch(
    reading.isUsable ? reading.auth : [], beginnings: [], steps: steps, isInstalled: isInstalled,
    results: { $0.module == "pam_permit" ? [.success] : ReturnCode.all })

  /// The lines in the session stack that create session keyrings, installed.
  private(set) lazy var keyringLines: [(handler: Handler, module: KeyringModule)] =
    reading.session.compactMap { handler in KeyringModule(handler).map { (handler, $0) } }
    .filter { isInstalled($0.0) }

  /// Whether every session that opens has an explicit session keyring of its user's, with the user session
  /// keyring linked, and nothing that was stored on the way is lost.
  var areExplicit: Bool {
    reading.isUsable && !dispatch.exceedsLimit && dispatch.opened.allSatisfy(isExplicit)
  }

  private func isExplicit(_ keyring: LoginKeyring) -> Bool {
    guard keyring.isOwn else {
      // `inherit` keeps a keyring that root owns for root.
      return hasInvoker && keyring.isOfRoot && keyring.present == .inherited
    }
    return keyring.linksUserSession && !keyring.hasLostKeys
  }

  /// The name of the session keyring that the session's lines join.
  var sharedName: String? {
    keyringLines.compactMap { line in
      if case .sessionKeyring(_, _, let name, _) = line.module { name } else { nil }
    }.first
  }

  // What a module stores when pam_setcred(3) comes before all session lines.

  private var storing: Int? {
    reading.auth.firstIndex { KnownModules.storesCredentials($0) && isInstalled($0) }
  }

  /// Whether a line of this module comes before it, and no session line replaces what that creates.
  var keepCredentials: Bool {
    guard let storing else { return true }
    let earlier = reading.auth[..<storing].compactMap { handler -> String?? in
      guard isInstalled(handler), case .sessionKeyring(_, _, let name, _) = KeyringModule(handler)
      else { return nil }
      return .some(name)
    }
    guard let name = earlier.first else { return false }
    let sessions = Dispatch(
      reading.session, beginnings: [.withCredentials(name: name)], steps: steps,
      isInstalled: isInstalled)
    return !sessions.exceedsLimit && sessions.opened.allSatisfy { !$0.hasLostKeys }
  }
}
