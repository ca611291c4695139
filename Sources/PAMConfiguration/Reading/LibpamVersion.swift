// SPDX-License-Identifier: BSD-3-Clause

/// A release of Linux-PAM, as far as it matters to how files are read. The library's own file is called
/// libpam.so.0.85.1 in all of them.
struct LibpamVersion: Comparable {
  let major: Int, minor: Int, patch: Int

  init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    (self.major, self.minor, self.patch) = (major, minor, patch)
  }

  /// Reads a package's version, `1:1.5.2-6+deb12u1` for example.
  init?(package version: String) {
    let upstream = version.split(separator: ":").last ?? ""
    let numbers = upstream.prefix { $0.isNumber || $0 == "." }.split(separator: ".").map { Int($0) }
    guard numbers.count > 1, let major = numbers[0], let minor = numbers[1] else { return nil }
    self.init(major, minor, numbers.count > 2 ? numbers[2] ?? 0 : 0)
  }

  static func < (left: LibpamVersion, right: LibpamVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  /// Whether a blank line or a comment ends a line that a backslash continues, and a line may be of any
  /// length: since pam_line.c came, in 1.6.1. Before, it was skipped.
  var blankLineEndsLine: Bool { self >= LibpamVersion(1, 6, 1) }

  /// Whether every include counts against the limit of 16, rather than substacks alone.
  var countsIncludes: Bool { self >= LibpamVersion(1, 6) }
}

extension LibpamVersion {
  /// What a tree's package database has: of dpkg, apk or pacman. Nil where it has none of these, or no
  /// libpam.
  static func installed(in files: FileTree) -> LibpamVersion? {
    if let version = files.stanza(in: "/var/lib/dpkg/status", with: "Package: libpam0g")?
      .value(of: "Version: ")
    {
      return LibpamVersion(package: version)
    }
    if let version = files.stanza(in: "/lib/apk/db/installed", with: "P:linux-pam")?.value(of: "V:")
    {
      return LibpamVersion(package: version)
    }
    return files.names(in: "/var/lib/pacman/local").lazy
      .filter { $0.hasPrefix("pam-") }
      .compactMap { LibpamVersion(package: String($0.dropFirst("pam-".count))) }.first
  }
}

extension FileTree {
  /// The paragraph of a package database that has this line.
  fileprivate func stanza(in path: String, with line: String) -> [Substring]? {
    guard let contents = contents(at: path) else { return nil }
    return contents.split(separator: "\n\n").lazy.map { $0.split(separator: "\n") }
      .first { $0.contains(Substring(line)) }
  }
}

extension [Substring] {
  fileprivate func value(of field: String) -> String? {
    first { $0.hasPrefix(field) }.map { String($0.dropFirst(field.count)) }
  }
}
