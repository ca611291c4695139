// SPDX-License-Identifier: BSD-3-Clause

/// A release of Linux-PAM, as far as it matters to how files are read. The library's own file is called
/// libpam.so.0.85.1 in all of them.
public struct LibpamVersion: Comparable, Hashable, Sendable, CustomStringConvertible {
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

  public static func < (left: LibpamVersion, right: LibpamVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  public var description: String { "\(major).\(minor).\(patch)" }

  /// Since 1.6.0 a blank line or a comment ends a line that a backslash continues, where it was skipped before;
  /// a line may be of any length; and every include counts against the limit of 16, rather than substacks alone.
  var isSince1_6: Bool { self >= LibpamVersion(1, 6) }
}

extension LibpamVersion {
  private static let dpkg = "/var/lib/dpkg/status"
  private static let apk = ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"]
  private static let pacman = "/var/lib/pacman/local"

  /// What a tree's package database has, and where: of dpkg, apk or pacman. Nil where it has none of these, or
  /// no libpam.
  static func installed(in files: FileTree) -> (version: LibpamVersion, source: String)? {
    if let text = files.stanza(in: dpkg, with: "Package: libpam0g")?.value(of: "Version: "),
      let version = LibpamVersion(package: text)
    {
      return (version, dpkg)
    }
    for path in apk {
      if let text = files.stanza(in: path, with: "P:linux-pam")?.value(of: "V:"),
        let version = LibpamVersion(package: text)
      {
        return (version, path)
      }
    }
    return files.names(in: pacman).lazy.filter { $0.hasPrefix("pam-") }
      .compactMap { LibpamVersion(package: String($0.dropFirst("pam-".count))) }
      .map { ($0, pacman) }.first
  }
}

/// More than any package database holds.
private let databaseLimit = 1 << 26

extension FileTree {
  /// The paragraph of a package database that has this line.
  fileprivate func stanza(in path: String, with line: String) -> [Substring]? {
    guard let contents = text(at: path, limit: databaseLimit) else { return nil }
    return contents.split(separator: "\n\n").lazy.map { $0.split(separator: "\n") }
      .first { $0.contains(Substring(line)) }
  }
}

extension [Substring] {
  fileprivate func value(of field: String) -> String? {
    first { $0.hasPrefix(field) }.map { String($0.dropFirst(field.count)) }
  }
}
