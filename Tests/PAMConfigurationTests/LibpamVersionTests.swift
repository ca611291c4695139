// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import PAMConfiguration

/// Which release of libpam reads the files, and what depends on that.
struct LibpamVersionTests {
  private static let keyinit = "session optional pam_keyinit.so force\n"

  /// What dpkg has in its database.
  static func package(_ version: String) -> String {
    "Package: libpam\nVersion: 9.9\n\nPackage: libpam0g\nStatus: install ok installed\nVersion: \(version)\n"
  }

  /// By the package databases of dpkg, apk and pacman; the file of the library has no release in its name.
  @Test(arguments: [
    (["var/lib/dpkg/status": package("1.5.2-6+deb12u1")], LibpamVersion(1, 5, 2)),
    (["var/lib/dpkg/status": package("1:1.7.0-5")], LibpamVersion(1, 7)),
    (["lib/apk/db/installed": "P:linux-pam\nV:1.6.1-r2\n"], LibpamVersion(1, 6, 1)),
    (["var/lib/pacman/local/pam-1.7.1-1/desc": ""], LibpamVersion(1, 7, 1)),
    (["var/lib/dpkg/status": package("nonsense")], nil), (["etc/os-release": ""], nil),
  ])
  func knowsWhichLibpamReads(files: [String: String], version: LibpamVersion?) throws {
    let tree = try Tree(files)
    let found = try withExtendedLifetime(tree) { try FileTree(root: tree.root.path).libpam.version }
    #expect(found == version)
  }

  /// Since 1.6 every include counts against the limit of 16, before that substacks alone.
  @Test(
    arguments: [
      ("1.5.2-6", .explicit), ("1.6.0-1", .unknown), ("1.7.0-5", .unknown), (nil, .unknown),
    ]
      as [(String?, Verdict)])
  func aChainOfIncludesIsReadAsTheVersionDoes(version: String?, verdict: Verdict) throws {
    var files = ["etc/pam.d/f17": Self.keyinit]
    if let version { files["var/lib/dpkg/status"] = Self.package(version) }
    for number in 0..<17 { files["etc/pam.d/f\(number)"] = "session include f\(number + 1)\n" }
    let tree = try Tree(files)
    #expect(try tree.judge("f0").verdict == verdict)
    #expect(try tree.judge("f2").verdict == .explicit)
  }

  /// libpam before 1.6 skips the comment, later ones end the line with it.
  @Test(
    arguments: [
      ("1.5.3-6", .explicit), ("1.6.0-1", .unknown), ("1.7.0-5", .unknown), (nil, .unknown),
    ]
      as [(String?, Verdict)])
  func aCommentInAContinuedLineIsReadAsTheVersionDoes(version: String?, verdict: Verdict) throws {
    var files = ["etc/pam.d/login": "session optional \\\n# comment\n pam_keyinit.so force\n"]
    if let version { files["var/lib/dpkg/status"] = Self.package(version) }
    #expect(try Tree(files).judge("login").verdict == verdict)
  }
}
