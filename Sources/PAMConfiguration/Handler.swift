// SPDX-License-Identifier: BSD-3-Clause

/// A place in a configuration file, for people and programs to find.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// Counted from 1; nil stands for the whole file.
  public let line: Int?

  public var description: String { line.map { "\(file):\($0)" } ?? file }
}

/// The first field of a line, in small letters.
enum ModuleType: String {
  case auth, account, password, session
}

/// One entry of the stack of modules that libpam makes of a service's files.
struct Handler {
  enum Kind {
    case module(path: String, arguments: [String])
    /// A line that libpam cannot use, and lets fail.
    case mustFail
    /// The beginning of a substack, which a jump counts as one with all that is in it.
    case substack
  }

  let kind: Kind
  let place: Place
  let control: ControlFlag
  /// How deep in substacks it stands.
  let level: Int
  /// The line's words as they are written, for advice.
  let words: [String]

  /// The module's name without directories and ending, `pam_keyinit`; nil if there is none.
  var module: String? {
    guard case .module(let path, _) = kind else { return nil }
    let file = path.split(separator: "/").last ?? ""
    return String(file.lastIndex(of: ".").map { file[..<$0] } ?? file)
  }

  var arguments: [String] {
    if case .module(_, let arguments) = kind { arguments } else { [] }
  }
}
