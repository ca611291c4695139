// SPDX-License-Identifier: BSD-3-Clause

/// A line that a service shares with others.
struct Culprit: Hashable {
  let line: SourceLocation
  /// The file that it is in, without a symbolic link.
  let target: String
  let owner: OwningTool?
}

extension Advisor {
  /// The line of another file that keeps the service from being repaired, if one is to blame.
  func culprit(_ sessions: ServiceSessions, _ file: ServiceFile) -> Culprit? {
    let others = sessions.keyringLines.map(\.handler).filter { $0.location.file != file.path }
    guard let handler = others.first(where: { $0.module == "pam_keyinit" }) ?? others.first else {
      return nil
    }
    let path = handler.location.file
    let target = files.target(of: path) ?? path
    return Culprit(
      line: handler.location, target: target,
      owner: OwningTool(target: target, contents: files.bytes(at: path) ?? []))
  }
}
