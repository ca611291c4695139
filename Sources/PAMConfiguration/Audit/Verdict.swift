// SPDX-License-Identifier: BSD-3-Clause

/// What a service's files do to the session keyring of those who log in, from good to bad.
public enum Verdict: String, CaseIterable, Comparable, Sendable {
  /// It opens no session.
  case closed
  /// Every session has an explicit session keyring that belongs to its user.
  case explicit
  /// The session stays in the session keyring of the user who ran su, sudo or the like, as `inherit` asks.
  case inherited
  /// It has, unless the program that opens it inherited a session keyring: then it stays in that.
  case conditional
  /// It has, but not the one that an earlier line created: what was stored in that is lost.
  case discarded
  /// No session has.
  case never
  /// The files alone do not decide it.
  case unknown

  /// The verdict in a few words.
  public var summary: String {
    switch self {
    case .closed: "opens no session"
    case .explicit: "an explicit session keyring that belongs to the user"
    case .inherited: "stays in the invoker's, as inherit asks"
    case .conditional: "explicit, unless the program inherited one"
    case .discarded: "explicit, but a later line replaces it"
    case .never: "no explicit session keyring"
    case .unknown: "the files do not decide it"
    }
  }

  public static func < (left: Verdict, right: Verdict) -> Bool {
    allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
  }
}
