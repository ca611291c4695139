// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// The audit's verdicts on trees with another libpam, compared with what that libpam does with them.
struct LibraryAgreementTests {
  typealias Library = ConfigurationFixture.Library

  private static let keyinit = "session optional pam_keyinit.so force debug\n"
  private static let permit = "session required pam_permit.so\n"

  /// In the order of the verdicts below. This machine's own is one of the first two.
  private static let libraries: [Library] = [
    .debian1_5, .debian1_7, .upstream1_5, .upstream1_7, .upstream1_7WithVendor,
  ]

  /// Files of a tree with a service `login`, and the verdicts on that.
  private static let inputs: [(files: [String: String], verdicts: [Verdict])] = [
    // Upstream's has no @include: the line is one of an unknown type, for auth.
    (
      ["etc/pam.d/login": "@include part\n", "etc/pam.d/part": keyinit],
      [.explicit, .explicit, .closed, .closed, .closed]
    ),
    // As Alpine has it: Debian's finds included files in /etc/pam.d alone.
    (
      ["etc/pam.d/login": "session include base-session\n", "usr/lib/pam.d/base-session": permit],
      [.unknown, .unknown, .never, .never, .never]
    ),
    // As openSUSE has it.
    (
      ["usr/etc/pam.d/login": "session include part\n", "usr/etc/pam.d/part": keyinit],
      [.unknown, .unknown, .unknown, .unknown, .explicit]
    ),
    (
      [
        "etc/pam.d/part": keyinit, "usr/lib/pam.d/part": permit, "usr/etc/pam.d/part": permit,
        "usr/lib/pam.d/login": "session include part\n", "usr/etc/pam.d/login": permit,
      ],
      Array(repeating: .explicit, count: 5)
    ),
    // A comment or a blank line in a continued line.
    (
      ["etc/pam.d/login": "session optional \\\n# comment\n pam_keyinit.so force debug\n"],
      [.explicit, .unknown, .explicit, .unknown, .unknown]
    ),
    (
      ["etc/pam.d/login": "session optional pam_permit.so \\\n\n" + keyinit],
      [.never, .explicit, .never, .explicit, .explicit]
    ),
    // A NUL, at which a line ends for C; a backslash after it continues the line in later ones alone.
    (
      ["etc/pam.d/login": "session optional pam_permit.so\0 \\\n" + keyinit],
      [.explicit, .never, .explicit, .never, .never]
    ),
    (
      ["etc/pam.d/login": "session optional \\\0\n" + keyinit],
      [.closed, .explicit, .closed, .explicit, .explicit]
    ),
    (["etc/pam.d/login": "\0\\\n" + keyinit], [.explicit, .closed, .explicit, .closed, .closed]),
    // A chain of 17 includes, and one of as many as all take.
    (chain(of: 17), [.explicit, .unknown, .explicit, .unknown, .unknown]),
    (chain(of: 15), Array(repeating: .explicit, count: 5)),
    (
      ["etc/pam.d/login": "session substack login\n" + keyinit],
      Array(repeating: .unknown, count: 5)
    ),
    // An include without a name, which crashes Debian's.
    (
      ["etc/pam.d/login": "session include\n" + keyinit],
      [.unknown, .unknown, .unknown, .unknown, .unknown]
    ),
    // $ISA: Debian's puts an absolute path in its place.
    (
      ["etc/pam.d/login": "session required /lib/security/$ISA/pam_permit.so\n" + keyinit],
      [.unknown, .unknown, .unknown, .explicit, .explicit]
    ),
    (
      ["etc/pam.d/login": "session required $ISA/pam_permit.so\n" + keyinit],
      [.unknown, .unknown, .explicit, .unknown, .unknown]
    ),
    (
      ["etc/pam.d/login": "session required pam_permit.so\n" + keyinit],
      Array(repeating: .explicit, count: 5)
    ),
    (
      ["etc/pam.d/login": "session required pam_missing.so\n" + keyinit],
      Array(repeating: .unknown, count: 5)
    ),
    (
      ["etc/pam.d/login": keyinit + "session required pam_deny.so\n"],
      Array(repeating: .closed, count: 5)
    ),
    (["etc/pam.d/login": "auth required pam_permit.so\n"], Array(repeating: .closed, count: 5)),
    // With CRLF the module's name ends with a carriage return, and no such module is there.
    (
      ["etc/pam.d/login": "session required pam_permit.so\r\n" + keyinit],
      Array(repeating: .unknown, count: 5)
    ),
    (
      ["etc/pam.d/login": "session optional pam_permit.so debug\r\n" + keyinit],
      Array(repeating: .explicit, count: 5)
    ),
  ]

  private static func chain(of count: Int) -> [String: String] {
    var files = ["etc/pam.d/f\(count)": keyinit, "etc/pam.d/login": "session include f1\n"]
    for number in 1..<count { files["etc/pam.d/f\(number)"] = "session include f\(number + 1)\n" }
    return files
  }

  @Test(arguments: inputs.indices, libraries.indices)
  func verdictsHold(input: Int, library: Int) throws {
    let (files, verdicts) = Self.inputs[input]
    let machine = try ConfigurationFixture(library: Self.libraries[library])
    for (path, text) in files { try machine.write(text, to: path) }
    try machine.install(["pam_permit", "pam_deny", "pam_keyinit"])
    try machine.install(["pam_permit"], to: "usr/lib64/security")
    try machine.write("", to: "usr/lib/security/directory")
    let seen = try #require(try machine.sessions(through: ["login"])["login"])
    let judged = Audit(try FileTree(root: machine.root.path)).judge("login")
    #expect(judged.verdict == verdicts[library], "\(judged.findings)")
    #expect(judged.agrees(with: seen), "\(judged.verdict), but \(seen)")
  }
}
