// SPDX-License-Identifier: BSD-3-Clause

/// What an administrator should know of a line. What to do about it is in ``Advice``.
public struct Finding: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// No line creates a session keyring.
    case none
    /// A line keeps the session keyring that the program inherited.
    case keepsAnothers = "keeps-anothers"
    /// A line keeps that of the user who ran su, sudo or the like, as it is told to.
    case keepsInvokers = "keeps-invokers"
    /// A line replaces the session keyring that an earlier one created.
    case discards
    /// A line does so when root logs in, and keeps it for other users.
    case discardsForRoot = "discards-for-root"
    /// Two lines that both create one.
    case twice
    /// A line replaces the session keyring in which an earlier module stores keys.
    case afterKeys = "after-keys"
    /// The session keyring does not link the user session keyring.
    case lacksUserSession = "lacks-user-session"
    /// A module stores keys in pam_setcred(3), before the session keyring is created.
    case storesBefore = "stores-before"
    /// A line replaces the session keyring that a line of `auth` created, with what is stored in it.
    case discardsCredentials = "discards-credentials"
    /// The keyring module is in a file of `auth` lines that services share.
    case inCommonAuth = "common-auth"
    /// Another module creates a session keyring of its own.
    case createsItsOwn = "creates-its-own"
    /// The session keyring is revoked at logout.
    case revokes
    /// If the line's module fails, no session opens.
    case locksOut = "locks-out"
    /// A line before it can skip it.
    case skipped
    /// The keyring module is in `auth` alone, where not every program calls it.
    case authOnly = "auth-only"
    /// The module's file does not exist.
    case missingModule = "missing-module"
    /// No session line of its own: those of `other` are used.
    case usesOther = "uses-other"
    /// The file's lines end with a carriage return.
    case carriageReturn = "crlf"
    /// A line that libpam cannot read.
    case unreadable
    /// Why the verdict is unknown.
    case undecided
  }

  public let kind: Kind
  public let location: SourceLocation
  /// The other line that it is about; nil if there is none.
  public let related: SourceLocation?
  /// A sentence of ``Wording``.
  public let text: String

  init(
    _ kind: Kind, _ location: SourceLocation, _ text: String, related: SourceLocation? = nil
  ) {
    (self.kind, self.location, self.text, self.related) = (kind, location, text, related)
  }

  init(_ error: SyntaxError) { self.init(.unreadable, error.location, error.text) }
}
