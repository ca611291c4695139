// SPDX-License-Identifier: BSD-3-Clause

import Glibc

/// The names of users, each looked up once: a directory service may take its time.
struct AccountNames {
  private var known: [uid_t: String] = [:]

  /// The name, or the number where there is none.
  subscript(_ uid: uid_t) -> String {
    mutating get {
      if let name = known[uid] { return name }
      let name = AccountName.name(of: uid) ?? "\(uid)"
      known[uid] = name
      return name
    }
  }
}
