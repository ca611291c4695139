// SPDX-License-Identifier: BSD-3-Clause

/// The service or the session that a process belongs to, by its control group, systemd.unit(5).
public struct SystemdUnit: Equatable, Sendable {
  /// `ssh.service`, `session-3.scope`, `user@1000.service/look.service`; nil in no unit.
  public let name: [UInt8]?
  /// Whether it belongs to a user's logins or to their user manager.
  public let isUsers: Bool

  public static let unknown = SystemdUnit(controlGroup: [])

  /// By the path below the root of the control groups. Users may make control groups of any name below those
  /// of their user manager: what is found there comes after `user@N.service`.
  init(controlGroup path: [UInt8]) {
    let words = path.split(separator: UInt8(ascii: "/"))
    isUsers = words.first.map { $0.elementsEqual("user.slice".utf8) } ?? false
    guard let first = words.firstIndex(where: Self.isUnit) else {
      name = nil
      return
    }
    let system = Array(words[first])
    let rest = words[(first + 1)...]
    guard isUsers, system.starts(with: "user@".utf8), let user = rest.first(where: Self.isUnit)
    else {
      name = system
      return
    }
    name = system + [UInt8(ascii: "/")] + user
  }

  private static func isUnit(_ word: ArraySlice<UInt8>) -> Bool {
    [".service", ".scope"].contains { word.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }
}
