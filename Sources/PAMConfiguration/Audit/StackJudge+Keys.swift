// SPDX-License-Identifier: BSD-3-Clause

/// What becomes of keys that are stored before the session keyring is created, or that it holds at logout.
extension StackJudge {
  /// The findings about keys, whatever the verdict is.
  func findingsOfKeys(_ dispatch: Dispatch) -> [Finding] {
    let creator = dispatch.opened.filter { !$0.isOfRoot }.compactMap(\.creator).min()
    return findingsOfCredentials(createdBy: creator.map { session[$0] })
      + (creator.map { findingsOfLogout(createdBy: $0) + findingsOfTokens(createdBy: $0) } ?? [])
  }

  /// pam_setcred(3) comes before pam_open_session(3).
  private func findingsOfCredentials(createdBy creator: Handler?) -> [Finding] {
    let ours = auth.firstIndex { $0.module == "pam_session_keyring" && isInstalled($0) }
    let stores = auth[..<(ours ?? auth.endIndex)].filter {
      KnownModules.storesCredentials($0) && isInstalled($0)
    }
    var findings: [Finding] = []
    if let creator, creator.module == "pam_session_keyring" {
      findings += stores.map {
        Finding(
          .storesBefore, $0.location, Wording.storesBefore(creator.location),
          related: creator.location)
      }
    }
    guard let ours = ours.map({ auth[$0] }) else { return findings }
    findings += session.filter { handler in
      if case .keyinit(force: true) = KeyringModule(handler) { isInstalled(handler) } else { false }
    }.map {
      Finding(
        .discardsCredentials, $0.location, Wording.replaces(credentialsOf: ours.location),
        related: ours.location)
    }
    if ours.location.file != start.file, !KnownServices.isLogin(name(of: ours.location)) {
      findings.append(Finding(.inCommonAuth, ours.location, Wording.inCommonAuth))
    }
    return findings
  }

  /// Which line revokes what another has created. A named session keyring, which logins share, is not revoked.
  private func findingsOfLogout(createdBy creator: Int) -> [Finding] {
    if case .sessionKeyring(_, _, .some, _) = KeyringModule(session[creator]) { return [] }
    let module = session[creator].module
    return session.filter {
      $0.module == module && isInstalled($0) && $0.arguments.contains("revoke")
    }.prefix(1).map {
      Finding(.revokes, $0.location, Wording.revokes, related: session[creator].location)
    }
  }

  /// OpenAFS has tokens in a session keyring of its own, which setpag creates.
  private func findingsOfTokens(createdBy creator: Int) -> [Finding] {
    session[creator...].filter { $0.module == "pam_openafs_session" && isInstalled($0) }.map {
      let first = session[creator].location
      return Finding(
        .createsItsOwn, $0.location, Wording.createsItsOwn(after: first), related: first)
    }
  }

  private func name(of location: SourceLocation) -> String {
    location.file.split(separator: "/").last.map(String.init) ?? ""
  }
}
