// SPDX-License-Identifier: BSD-3-Clause

/// The first field of a line, in small letters.
enum ModuleType: String {
  case auth, account, password, session
}

/// One entry of the stack of modules that libpam makes of a service's files: `struct handler` in
/// libpam/pam_private.h, as `_pam_add_handler` in libpam/pam_handlers.c fills it in.
struct Handler {
  enum Kind: Equatable {
    case module(path: String, arguments: [String])
    /// A line that libpam cannot use, and lets fail, `PAM_HT_MUST_FAIL`.
    case mustFail
    /// The beginning of a substack, `PAM_HT_SUBSTACK`: a jump counts it as one with all that is in it.
    case substack

    var isUnusable: Bool { if case .mustFail = self { true } else { false } }
  }

  let kind: Kind
  let location: SourceLocation
  let control: ControlFlag
  /// How deep in substacks it is, `stack_level`.
  let level: Int
  /// The line's words as they are written, for advice.
  let words: [String]
  /// The line of the service's own file through which it is read.
  let outermostLine: Int

  /// The module's name without directories and ending, `pam_keyinit`; nil without a module.
  let module: String?

  init(
    kind: Kind, location: SourceLocation, control: ControlFlag, level: Int, words: [String],
    outermostLine: Int
  ) {
    (self.kind, self.location, self.control) = (kind, location, control)
    (self.level, self.words, self.outermostLine) = (level, words, outermostLine)
    guard case .module(let path, _) = kind else {
      module = nil
      return
    }
    module = Self.module(of: path)
  }

  static func module(of path: String) -> String? {
    let file = path.utf8.split(separator: UInt8(ascii: "/")).last ?? ""[...].utf8
    let name = file.lastIndex(of: UInt8(ascii: ".")).map { file[..<$0] } ?? file
    return String(name)
  }

  var arguments: [String] {
    if case .module(_, let arguments) = kind { arguments } else { [] }
  }

  /// A line that libpam cannot use, as one that succeeds; any other as it is.
  var repaired: Handler {
    guard kind.isUnusable else { return self }
    return Handler(
      kind: .module(path: "pam_permit.so", arguments: []), location: location, control: .required,
      level: level, words: words, outermostLine: outermostLine)
  }
}
