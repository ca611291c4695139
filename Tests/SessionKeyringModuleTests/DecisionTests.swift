// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import Testing

@testable import SessionKeyringModule

struct DecisionTests {
  struct Case: CustomTestStringConvertible {
    let line: [String]
    let user: UInt32
    let present: SessionKeyring.Present?
    let decision: Decision
    var testDescription: String { "\(line) \(user) \(String(describing: present)): \(decision)" }

    init(
      _ line: String, _ user: UInt32, _ present: SessionKeyring.Present?, _ decision: Decision
    ) {
      self.line = line.split(separator: " ").map(String.init)
      (self.user, self.present, self.decision) = (user, present, decision)
    }
  }

  static let cases = [
    Case("", 1000, .implicit, .replace),
    Case("", 1000, .explicit(owner: 1000), .adopt),
    Case("", 1000, .explicit(owner: 0), .replace),
    Case("", 1000, .explicit(owner: 1001), .replace),
    Case("", 1000, .unusable(.keyRevoked), .replace),
    Case("", 1000, nil, .replace),
    Case("", 0, .implicit, .replace),
    Case("", 0, .explicit(owner: 0), .replace),
    Case("", 0, .explicit(owner: 1000), .replace),
    Case("", 65534, .explicit(owner: 65534), .replace),
    Case("force", 1000, .explicit(owner: 1000), .replace),
    Case("force", 0, .explicit(owner: 0), .replace),
    Case("join=x", 1000, .explicit(owner: 1000), .replace),
    Case("inherit", 1000, .implicit, .replace),
    Case("inherit", 1000, .unusable(.noSuchKey), .replace),
    Case("inherit", 1000, .explicit(owner: 1000), .adopt),
    Case("inherit", 1000, .explicit(owner: 1001), .keep),
    Case("inherit", 1000, .explicit(owner: 0), .replace),
    Case("inherit", 1000, .explicit(owner: 65534), .replace),
    Case("inherit", 0, .explicit(owner: 65534), .keep),
    Case("inherit", 0, .explicit(owner: 1000), .keep),
    Case("inherit", 0, .explicit(owner: 0), .keep),
    Case("inherit", 65534, .explicit(owner: 65534), .replace),
    Case("inherit", 65534, .explicit(owner: 1000), .keep),
    Case("inherit join=x", 1000, .explicit(owner: 1001), .keep),
    Case("inherit join=x", 1000, .implicit, .replace),
    Case("inherit join=x", 1000, .explicit(owner: 0), .replace),
    Case("force link=invoker", 1000, .explicit(owner: 1000), .replace),
    Case("force inherit", 1000, .explicit(owner: 0), .replace),
  ]

  @Test(arguments: cases)
  func decides(_ row: Case) {
    withOptions(row.line) { options, _ in
      #expect(Decision(options, user: row.user, present: row.present) == row.decision)
    }
  }

  /// Looking gives a thread without a session keyring one, so nobody looks who need not.
  @Test(
    arguments: [
      ("", 1000, true), ("", 0, false), ("", 65534, false), ("force", 1000, false),
      ("join=x", 1000, false), ("inherit", 1000, true), ("inherit", 0, true),
      ("inherit join=x", 0, true), ("force inherit", 1000, false),
      ("force link=invoker", 0, true), ("link=user", 0, false),
    ] as [(String, UInt32, Bool)])
  func looksWhereItMatters(line: String, user: UInt32, looks: Bool) {
    withOptions(line.split(separator: " ").map(String.init)) { options, _ in
      #expect(Decision.dependsOnPresent(options, user: user) == looks)
    }
  }

  @Test(arguments: [
    ("", KeyringOrigin.created, false, Decision.adopt), ("", .named, false, .adopt),
    ("", .adopted, false, .adopt), ("", .kept, false, .keep),
    ("force", .created, false, .adopt), ("force", .named, false, .adopt),
    ("force", .adopted, false, .replace), ("force", .kept, false, .replace),
    ("inherit", .kept, false, .keep), ("inherit", .created, false, .adopt),
    ("join=x", .created, true, .replace), ("join=x", .named, true, .replace),
    ("join=x", .kept, true, .replace), ("join=x", .named, false, .adopt),
  ])
  func decidesForALaterLine(
    line: String, origin: KeyringOrigin, joinsAnother: Bool, decision: Decision
  ) {
    withOptions(line.split(separator: " ").map(String.init)) { options, _ in
      #expect(
        Decision(laterLine: options, origin: origin, joinsAnother: joinsAnother) == decision)
    }
  }

  @Test(arguments: [
    (SessionKeyring.Present.explicit(owner: 1001), true), (.explicit(owner: 1000), false),
    (.explicit(owner: 0), false), (.explicit(owner: 65534), false), (.implicit, false),
    (.unusable(.keyRevoked), false),
  ])
  func linksTheInvokersKeyringAlone(present: SessionKeyring.Present, isInvokers: Bool) {
    #expect(Decision.isInvokers(present, user: 1000) == isInvokers)
    #expect(!Decision.isInvokers(nil, user: 1000))
  }
}
