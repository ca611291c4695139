// SPDX-License-Identifier: BSD-3-Clause

internal import SystemText

/// Every sentence that an audit finds, and the line that it advises.
enum Wording {
  static let lineToAdd = "session optional pam_session_keyring.so"

  // What the session keyring of a login comes to.

  static let noKeyring = "no line makes a session keyring"
  static let authOnly = "only pam_setcred makes the session keyring, which not every program calls"
  static let keepsAnothers = "keeps a keyring that the daemon brought along"
  static let locksOut = "locks people out if it fails"
  static let moduleNotInstalled = "its module is not installed"
  static let usesOther = "no session line, so that those of other count"

  static func skipped(by line: SourceLocation) -> String { "can be left out by \(line)" }
  static func twice(after line: SourceLocation) -> String {
    "\(line) makes a session keyring as well"
  }
  static func replaces(keyringOf line: SourceLocation, isForRoot: Bool) -> String {
    "replaces the keyring that \(line) made\(isForRoot ? " for root" : "")"
  }
  static func replaces(keysOf line: SourceLocation) -> String {
    "replaces the keyring that \(line) may have put keys into"
  }

  // Why the verdict is unknown.

  static let tooManyStates = "the modules' results lead along more ways than can be followed"
  static let noSessionOpens = "no session opens"
  static let dependsOnResult = "the session keyring depends on what this line's module returns"

  static func refused(because reason: String?) -> String {
    "libpam refuses the service: \(reason ?? "it finds no file for it")"
  }

  // What libpam cannot read, or reads in more than one way.

  static let noModuleType = "no module type"
  static let noControlFlag = "no control flag"
  static let noModule = "no module"
  static let unfinishedLine = "ends with a backslash, and the file with it"
  static let overlongLine = "longer than the 1023 characters that libpam before 1.6 reads"
  static let includesItself = "includes itself"
  static let includesNothing = "includes no file: Debian's libpam crashes on that"
  static let includesOtherEncoding = "includes a file whose name is not UTF-8"
  static let failedInclude = "what libpam does after an @include that fails is left to chance"

  static func unknownModuleType(_ word: String) -> String { "not a module type: \(quoted(word))" }
  static func invalidControlFlag(_ word: String) -> String { "not a control flag: \(quoted(word))" }
  static func cannotInclude(_ name: String) -> String { "cannot include \(quoted(name))" }
  static func includes(_ name: String, from directory: String) -> String {
    "includes \(quoted(name)) of \(directory), where Debian's libpam does not look"
  }
  static func cannotRead(_ cause: ReadError.Cause) -> String { "cannot be read: \(cause.text)" }
  static func moreLines(than count: Int) -> String { "more than \(count) lines" }

  /// A word of a file, on the finding's own line and no longer than its reader needs.
  private static func quoted(_ word: String) -> String { escaped(word.utf8, limit: 64) }
}
