// SPDX-License-Identifier: BSD-3-Clause

/// What a service's files do to the session keyring of those who log in, from good to bad.
public enum Verdict: String, CaseIterable, Comparable, Sendable {
  /// Every session has an explicit session keyring that belongs to its user.
  case explicit
  /// It has, unless the program that opens it inherited a session keyring: then it stays in that.
  case conditional
  /// It has, but not the one that an earlier line created: what was stored in that is lost.
  case discarded
  /// No session has.
  case never
  /// The files alone do not decide it.
  case unknown

  public static func < (left: Verdict, right: Verdict) -> Bool {
    allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
  }
}
