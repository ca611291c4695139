// SPDX-License-Identifier: BSD-3-Clause

/// What os-release(5) says of a tree that has no libpam.
struct OSRelease {
  let path: String
  /// The values of `ID` and `ID_LIKE`.
  private let names: [String]

  init?(in files: FileTree) {
    let found = ["/etc/os-release", "/usr/lib/os-release"].lazy
      .compactMap { path in files.text(at: path, limit: 1 << 16).map { (path, $0) } }.first
    guard let (path, text) = found else { return nil }
    self.path = path
    names = text.split(separator: "\n").flatMap { line -> [String] in
      guard let key = ["ID=", "ID_LIKE="].first(where: line.hasPrefix) else { return [] }
      return line.dropFirst(key.count).split { " \"'".contains($0) }.map(String.init)
    }
  }

  /// The kind of libpam that these distributions have; nil where it is not known.
  var kind: Libpam.Kind? {
    if contains(["freebsd", "netbsd", "dragonfly", "macos", "darwin"]) { return .openPAM }
    if contains(["debian", "ubuntu"]) { return .debian }
    return contains(Self.upstreams) ? .upstream : nil
  }

  /// Where the distribution's libpam looks beside the usual directories, its `VENDORDIR`.
  var vendorDirectory: String? {
    contains(["suse", "opensuse", "sles"]) ? "/usr/etc/pam.d" : nil
  }

  private static let upstreams = [
    "alpine", "arch", "fedora", "rhel", "centos", "suse", "opensuse", "sles", "gentoo", "void",
    "nixos", "mageia", "amzn", "azurelinux", "mariner", "photon", "slackware", "clear-linux-os",
  ]

  private func contains(_ wanted: [String]) -> Bool {
    names.contains { name in wanted.contains { name == $0 || name.hasPrefix("\($0)-") } }
  }
}
