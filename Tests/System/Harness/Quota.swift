// SPDX-License-Identifier: BSD-3-Clause

/// Steps of the client about a quota of keys.
public enum Quota {
  /// They leave the real uid no room for another byte, or for another key.
  public static let full = ["fill", "crowd"]

  /// They give a daemon no session keyring (where the test runner has none), an implicit one, or an
  /// explicit one.
  public static let keyrings = ["", "show", "join"]
}
