// SPDX-License-Identifier: BSD-3-Clause

/// What a service's files do to the session keyring of those who log in, from good to bad.
public enum Verdict: String, CaseIterable, Comparable, Sendable {
  /// Every session has an explicit one of the user's own.
  case explicit
  /// It has if the daemon brought none along: else it stays in the daemon's.
  case conditional
  /// It has, but not the one that an earlier line made: what was stored in that is lost.
  case discarded
  /// No session has.
  case never
  /// It cannot be told.
  case unknown

  public static func < (left: Verdict, right: Verdict) -> Bool {
    allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
  }
}

/// What an administrator should know of a line, and what to write in its place.
public struct Finding: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// No line makes a session keyring.
    case none
    /// A line keeps what the daemon brought along.
    case keepsAnothers = "keeps-anothers"
    /// A line replaces the keyring that an earlier one made.
    case discards
    /// A line does so when root logs in: for others it keeps what is there.
    case discardsForRoot = "discards-for-root"
    /// Two lines that both make one.
    case twice
    /// A keyring line behind one that stores keys in the keyring that it replaces.
    case afterKeys = "after-keys"
    /// The line's failure locks people out.
    case locksOut = "locks-out"
    /// A line before it can have the keyring line left out.
    case skipped
    /// The keyring module stands in `auth` alone, where not every program calls it.
    case authOnly = "auth-only"
    /// The module's file is not there.
    case missingModule = "missing-module"
    /// No session line of its own: those of `other` are used.
    case usesOther = "uses-other"
    /// A line that libpam cannot read.
    case unreadable
    /// Why the verdict is unknown.
    case undecided
  }

  public let kind: Kind
  public let place: Place
  public let text: String
  public let advice: Advice?

  /// A line to write, in the place of another or before it.
  public struct Advice: Hashable, Sendable {
    public enum Way: String, Sendable { case replace, before }
    public let way: Way
    public let place: Place
    public let line: String
  }

  init(_ kind: Kind, _ place: Place, _ text: String, _ advice: Advice? = nil) {
    (self.kind, self.place, self.text, self.advice) = (kind, place, text, advice)
  }
}
