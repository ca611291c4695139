// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc
internal import LinuxKeyrings
internal import SystemText

/// Every sentence that an audit finds.
enum Wording {
  // The session keyring of a login.

  static let noKeyring = "no line creates a session keyring"
  static let authOnly =
    "session keyring is created only in pam_setcred, which not every program calls"
  static let keepsAnothers = "keeps a session keyring inherited from the caller"
  static let keepsInvokers = "keeps the session keyring of the user who runs it, as 'inherit' asks"
  static let lacksUserSession = "does not link the user session keyring, @us"
  static let locksOut = "if this module fails, no session opens"
  static let moduleNotInstalled = "module is not installed"
  static let usesOther = "no session lines of its own, using those of 'other'"

  static let inCommonAuth =
    "services that open no session include this file: what they start has the user's keys"
  static let revokes =
    "revokes the session keyring at logout: programs that stay lose their keys"
  static let carriageReturn =
    "lines end with CRLF: the carriage return is part of their last word"

  static func storesBefore(_ line: SourceLocation) -> String {
    "may store keys in pam_setcred, before \(line) creates the session keyring"
  }
  static func replaces(credentialsOf line: SourceLocation) -> String {
    "replaces the session keyring of \(line), with what pam_setcred stored in it"
  }
  static func createsItsOwn(after line: SourceLocation) -> String {
    "creates a session keyring of its own, which replaces that of \(line)"
  }
  static func skipped(by line: SourceLocation) -> String { "may be skipped because of \(line)" }
  static func twice(after line: SourceLocation) -> String {
    "second session keyring, after that of \(line)"
  }
  static func replaces(keyringOf line: SourceLocation, isForRoot: Bool) -> String {
    "replaces the session keyring of \(line)\(isForRoot ? " when root logs in" : "")"
  }
  static func replaces(keysOf line: SourceLocation) -> String {
    "replaces the session keyring in which \(line) may have stored keys"
  }

  // Why the verdict is unknown.

  static let tooManyFiles = "not read: more than \(FileTree.lookUpLimit) files"
  static let tooMuchText = "not read: more than \(FileTree.memoryLimit >> 20) MB of configuration"
  static let nameNotUTF8 = "not judged: the name is not UTF-8"
  static let tooManyLines = "too many lines, with all files that these include"
  static let tooManyStates = "too many combinations of module results"
  static let unusable = "libpam cannot use this line, and no session opens"
  static let dependsOnResult = "the session keyring depends on the result of this module"

  static func stopped(byMissing module: String) -> String {
    "\(escaped(module.utf8, limit: 64)).so is not installed, and no session opens"
  }
  static func refused(because reason: String?) -> String {
    "libpam refuses the service: \(reason ?? "no configuration file")"
  }

  // What libpam cannot read, or reads in more than one way.

  static let noModuleType = "module type is missing"
  static let noControlFlag = "control flag is missing"
  static let noModule = "module path is missing"
  static let nul = "NUL byte, at which the line ends for libpam"
  static let unfinishedLine = "file ends after a backslash"
  static let overlongLine = "line exceeds 1023 characters, which libpam before 1.6 splits"
  static let continuationDependsOnVersion =
    "a comment or blank line inside a continued line, which libpam before 1.6 skips and later ones end it with"
  static let nulDependsOnVersion =
    "NUL byte, in a file whose continued lines libpam before 1.6 reads in another way"
  static let includesDependOnVersion =
    "more than 16 files deep, which libpam before 1.6 reads and later ones refuse"
  static let includesItself = "file includes itself"
  static let includesNothing = "include without a file name, which crashes Debian's libpam"
  static let includesOtherEncoding = "name of the included file is not UTF-8"
  static let failedInclude = "libpam's behaviour after a failed @include is undefined"

  static func unknownModuleType(_ word: String) -> String { "unknown module type \(quoted(word))" }
  static func invalidControlFlag(_ word: String) -> String {
    "invalid control flag \(quoted(word))"
  }
  static func cannotInclude(_ name: String) -> String { "cannot include \(quoted(name))" }
  static func includes(_ name: String, from path: String) -> String {
    "includes \(quoted(name)), and Debian's libpam does not look for it in \(path), as others do"
  }
  static func more(_ count: Int, like text: String) -> String {
    "\(text), and \(count) more lines that libpam cannot read"
  }
  static func cannotRead(_ cause: ReadError.Cause) -> String {
    cause == .open(Errno(rawValue: ENXIO)) || cause == .notRegular
      ? "not a regular file" : "cannot be read: \(cause.text)"
  }
  static func moreFiles(deep count: Int) -> String { "more than \(count) files deep" }

  /// A word of a file, on the finding's own line and no longer than its reader needs.
  private static func quoted(_ word: String) -> String { "'\(escaped(word.utf8, limit: 64))'" }
}
