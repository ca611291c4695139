// SPDX-License-Identifier: BSD-3-Clause

/// What libpam does after a module has returned, `_PAM_ACTION_OK` and so on in libpam/pam_private.h.
enum Action: Hashable {
  case ignore, ok, done, bad, die, reset
  /// Skip so many of the following lines.
  case jump(Int)

  /// Whether the stack fails by it, whatever comes later, unless that is a reset.
  var isFailure: Bool { self == .bad || self == .die }
}

/// The second field of a line: an action for each return code.
struct ControlFlag: Equatable {
  private var actions: [Action]

  subscript(code: ReturnCode) -> Action { actions[code.rawValue] }

  /// Every code is bad: what libpam makes of a field that is missing or that it cannot read.
  static let unreadable = ControlFlag(default: .bad)

  static let required = ControlFlag(ok: .ok, ignore: .ignore, default: .bad)
  static let requisite = ControlFlag(ok: .ok, ignore: .ignore, default: .die)
  static let optional = ControlFlag(ok: .ok, ignore: .ignore, default: .ignore)
  static let sufficient = ControlFlag(ok: .done, ignore: .ignore, default: .ignore)

  private init(default action: Action) {
    actions = Array(repeating: action, count: ReturnCode.names.count)
  }

  private init(ok: Action, ignore: Action, default action: Action) {
    self.init(default: action)
    actions[ReturnCode.success.rawValue] = ok
    actions[ReturnCode(named: Array("new_authtok_reqd".utf8))?.rawValue ?? 0] = ok
    actions[ReturnCode.ignore.rawValue] = ignore
  }

  /// Reads `value=action value=action ...`; nil if it is not of that form. A code that is not named
  /// is bad; `default` is for the codes that no word before it names.
  init?(_ text: [UInt8]) {
    var actions: [Action?] = Array(repeating: nil, count: ReturnCode.names.count)
    var rest = text[...]
    func skipSpace() { rest = rest.drop { $0 == UInt8(ascii: " ") || (9...13).contains($0) } }
    func skip(_ word: String) -> Bool {
      guard rest.starts(with: word.utf8) else { return false }
      rest = rest.dropFirst(word.utf8.count)
      return true
    }
    skipSpace()
    while !rest.isEmpty {
      // In libpam's order: of two names that begin alike it finds the one it has first.
      let code = ReturnCode.names.firstIndex { skip($0) }
      guard code != nil || skip("default") else { return nil }
      skipSpace()
      guard skip("=") else { return nil }
      skipSpace()
      let action: Action
      if let named = Self.words.first(where: { skip($0.0) }) {
        action = named.1
      } else {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest[digits.endIndex...]
        guard let count = Int(String(decoding: digits, as: UTF8.self)), count > 0 else {
          return nil
        }
        action = .jump(count)
      }
      if let code { actions[code] = action } else { actions = actions.map { $0 ?? action } }
      skipSpace()
    }
    self.actions = actions.map { $0 ?? .bad }
  }

  private static let words: [(String, Action)] = [
    ("ignore", .ignore), ("ok", .ok), ("done", .done), ("bad", .bad), ("die", .die),
    ("reset", .reset),
  ]
}
