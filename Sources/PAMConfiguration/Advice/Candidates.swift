// SPDX-License-Identifier: BSD-3-Clause

/// The changes to a service's own lines that are worth a try, the smallest and most usual first.
///
/// None is sure to be right: each is tried out before it is advised.
struct Candidates {
  let file: ServiceFile
  let sessions: ServiceSessions

  /// More than any service needs.
  private static let positionLimit = 6

  /// The service's own lines that end up in a stack, themselves or by what they include.
  private func lines(in stack: [Handler]) -> [OwnLine] {
    let numbers = Set(stack.map(\.outermostLine))
    return file.lines.filter { numbers.contains($0.number) }
  }

  private var sessionLines: [OwnLine] { lines(in: sessions.reading.session) }

  /// The lines of pam_keyinit, where it is installed.
  private var keyinits: [OwnLine] {
    keyringLines { $0.isKeyinit }
  }

  /// The lines by which root keeps what a daemon had, unless the service is there for that.
  private var inheriting: [OwnLine] {
    sessions.hasInvoker ? [] : keyringLines { $0.inherits }
  }

  /// The own lines that create a session keyring and are such ones.
  private func keyringLines(_ isSuch: (KeyringModule) -> Bool) -> [OwnLine] {
    let locations = sessions.keyringLines.filter { isSuch($0.module) }.map(\.handler.location)
    return sessionLines.filter { line in
      locations.contains(SourceLocation(file: file.path, line: line.number))
    }
  }

  // MARK: the session stack

  func forSession() -> [Repair] {
    var repairs: [Repair] = []
    if let renamed = base(renames: true), !renamed.isEmpty { repairs.append(renamed) }
    for line in positions() {
      for control in Self.controls {
        for renames in keyinits.isEmpty ? [true] : [false, true] {
          guard var repair = base(renames: renames) else { continue }
          let arguments = sessions.sharedName.map { ["join=\($0)"] } ?? (renames ? [] : moved)
          repair.insert(Self.text("session", control, arguments), before: line)
          repairs.append(repair)
        }
      }
    }
    return repairs
  }

  /// The second never changes what libpam makes of the other lines.
  private static let controls = ["optional", "[default=ignore]"]

  private static func text(_ type: String, _ control: String, _ arguments: [String]) -> String {
    ([type, control, "pam_session_keyring.so"] + arguments).joined(separator: " ")
  }

  /// The arguments of a pam_keyinit line that goes from one place to another.
  private var moved: [String] {
    keyinits.first?.arguments.map(\.text).filter { ["force", "revoke", "debug"].contains($0) } ?? []
  }

  private func base(renames: Bool) -> Repair? {
    var repair = Repair()
    for line in keyinits {
      guard renames else {
        repair.remove(line)
        continue
      }
      guard repair.rename(line) else { return nil }
    }
    for line in inheriting {
      guard repair.remove(argument: "inherit", of: line, in: file.contents) else { return nil }
    }
    return repair
  }

  /// Where the stack includes a file, and before that, down to what pam_selinux does; without an include, among
  /// the first lines.
  private func positions() -> [OwnLine] {
    let lines = sessionLines
    let include = lines.firstIndex { ["include", "substack"].contains($0.control.lowercased()) }
    let end = include ?? lines.indices.last ?? 0
    let selinux = lines[..<min(end, lines.count)].lastIndex { $0.moduleName == "pam_selinux" }
    let first = selinux.map { $0 + 1 } ?? 0
    guard first < lines.count, first <= end else { return [] }
    let nearest = include == nil ? Array(lines[first...end]) : lines[first...end].reversed()
    return nearest.count > Self.positionLimit
      ? nearest.prefix(Self.positionLimit) + [lines[first]] : nearest
  }

  // MARK: the auth stack

  /// An auth line before what stores keys in pam_setcred(3), and no pam_keyinit that replaces the keyring.
  func forCredentials() -> [Repair] {
    var base = Repair()
    for line in keyinits where line.arguments.contains(where: { $0.text == "force" }) {
      guard base.rename(line), base.remove(argument: "force", of: line, in: file.contents) else {
        return []
      }
    }
    var repairs = base.isEmpty ? [] : [base]
    let arguments = sessions.sharedName.map { ["join=\($0)"] } ?? []
    for line in lines(in: sessions.reading.auth).reversed().prefix(4 * Self.positionLimit) {
      for control in Self.controls {
        var repair = base
        repair.insert(Self.text("auth", control, arguments), before: line)
        repairs.append(repair)
      }
    }
    return repairs
  }
}
