// SPDX-License-Identifier: BSD-3-Clause

extension ServiceSessions {
  /// The line by which an administrator asked for what is found, in which case that stays: links that leave the
  /// user session keyring out, or, for su and sudo, `inherit`.
  var choice: SourceLocation? {
    guard !dispatch.opened.contains(where: \.hasLostKeys) else { return nil }
    for (handler, module) in keyringLines {
      guard case .sessionKeyring(_, let inherit, _, let links) = module else { continue }
      if hasInvoker, inherit { return handler.location }
      if dispatch.opened.allSatisfy(\.isOwn), links.isNamed, !links.includeUserSession {
        return handler.location
      }
    }
    return nil
  }
}
