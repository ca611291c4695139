// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import Testing

@testable import SessionKeyringModule

struct UserIDsTests {
  private func ids(
    _ real: UInt32, _ effective: UInt32, _ saved: UInt32, _ fileSystem: UInt32
  ) -> UserIDs {
    UserIDs(real: real, effective: effective, saved: saved, fileSystem: fileSystem)
  }

  @Test func readsTheThreadsOwn() throws {
    let own = try UserIDs.ofCallingThread()
    #expect(own == ids(getuid(), geteuid(), own.saved, geteuid()))
  }

  @Test func lendsByWhatTheThreadIs() {
    let rows: [(UserIDs, UInt32, UserIDs.UIDTransition?)] = [
      (ids(0, 0, 0, 0), 1000, .init(saved: 0, needsPrivilege: false)),  // root
      (ids(1000, 0, 0, 0), 1001, .init(saved: 1000, needsPrivilege: false)),  // sudo
      (ids(0, 1000, 0, 1000), 1001, .init(saved: 0, needsPrivilege: false)),  // lowered
      (ids(0, 1000, 1000, 1000), 1001, .init(saved: 0, needsPrivilege: false)),
      (ids(1000, 1000, 0, 1000), 1001, .init(saved: 0, needsPrivilege: false)),
      (ids(1000, 2000, 2000, 2000), 2000, .init(saved: 1000, needsPrivilege: false)),  // set-uid
      (ids(1000, 0, 2000, 0), 3000, .init(saved: 1000, needsPrivilege: true)),
      (ids(1000, 2000, 0, 2000), 3000, .init(saved: 0, needsPrivilege: true)),
      (ids(1000, 2000, 3000, 2000), 2000, .init(saved: 1000, needsPrivilege: true)),
      (ids(1000, 2000, 3000, 2000), 3000, .init(saved: 1000, needsPrivilege: false)),
      (ids(0, 0, 0, 1000), 1001, .init(saved: 0, needsPrivilege: true)),
      (ids(1000, 1000, 1000, 1000), 0, nil),
      (ids(1000, 0, 1000, 0), 0, .init(saved: 1000, needsPrivilege: false)),
      (ids(65534, 2000, 0, 2000), 2000, nil),  // not mapped, and nothing asks for it
      (ids(65534, 0, 0, 0), 1000, .init(saved: 65534, needsPrivilege: false)),
      (ids(65534, 65534, 65534, 65534), 1000, .init(saved: 65534, needsPrivilege: false)),
    ]
    for (ids, user, transition) in rows {
      #expect(ids.transition(to: user) == transition, "\(ids) for \(user)")
    }
  }

  /// Whoever has a root id has one all the while, or the kernel would take the capabilities.
  @Test func neverLosesTheLastRootID() {
    let values: [UInt32] = [0, 1000, 2000]
    for real in values {
      for effective in values {
        for saved in values {
          for user in values + [3000] {
            let own = ids(real, effective, saved, effective)
            let hasRoot = [real, effective, saved].contains(0)
            guard let transition = own.transition(to: user) else {
              #expect(user == 0 && !hasRoot)
              continue
            }
            let hasRootMeanwhile = [user, effective, transition.saved].contains(0)
            #expect(hasRootMeanwhile == hasRoot || real == user, "\(own) for \(user)")
          }
        }
      }
    }
  }
}
