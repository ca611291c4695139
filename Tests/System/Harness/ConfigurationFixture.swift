// SPDX-License-Identifier: BSD-3-Clause

import Foundation

/// A directory with a machine's PAM configuration, and what libpam makes of it: the files lie over this
/// machine's own, in sight of the driver alone.
public struct ConfigurationFixture {
  public let login: PAMFixture
  public var root: URL { login.directory.appending(path: "machine") }

  /// A libpam that reads the files: this machine's own, or one that Tests/System/libpam.sh made.
  public enum Library: String, CaseIterable, Sendable {
    case own
    case debian1_5 = "debian-1.5.2"
    case debian1_7 = "debian-1.7.0"
    case upstream1_5 = "upstream-1.5.2"
    case upstream1_7 = "upstream-1.7.0"
    /// With the vendor directory /usr/etc/pam.d.
    case upstream1_7WithVendor = "upstream-1.7.0-vendor"

    fileprivate var file: URL {
      self == .own
        ? URL(filePath: "/\(libraries)/libpam.so.0").resolvingSymlinksInPath()
        : PAMFixture.root.appending(path: "build/libpam/\(rawValue)/libpam.so.0")
    }
  }

  /// Without directories of services, libpam reads the single file.
  public init(hasDirectories: Bool = true, library: Library = .own, moreUsers: UInt32 = 0) throws {
    login = try PAMFixture(moreUsers: moreUsers)
    let directories = hasDirectories ? ["etc/pam.d", "usr/lib/pam.d"] : ["etc", "usr/lib"]
    for directory in directories + [Self.libraries] {
      try FileManager.default.createDirectory(
        at: root.appending(path: directory), withIntermediateDirectories: true)
    }
    for library in ["lib", "lib64"] {
      try FileManager.default.createSymbolicLink(
        atPath: root.appending(path: library).path, withDestinationPath: "usr/\(library)")
    }
    // The audit asks there which libpam reads the files, and the driver loads it from there.
    try FileManager.default.copyItem(
      at: library.file, to: root.appending(path: "\(Self.libraries)/libpam.so.0"))
    if library == .own {
      let packages = try String(contentsOfFile: "/var/lib/dpkg/status", encoding: .utf8)
      let libpam = packages.split(separator: "\n\n").first { $0.hasPrefix("Package: libpam0g\n") }
      try write(String(libpam ?? "") + "\n", to: "var/lib/dpkg/status")
    }
    // Such a file hides what this machine has in that place, as overlayfs has it.
    if !hasDirectories { mknod(root.appending(path: "usr/lib/pam.d").path, S_IFCHR, 0) }
  }

  /// Where this machine has libpam.
  public static let libraries: String = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    let found = names.map { "usr/lib/\($0)" }
      .first { FileManager.default.fileExists(atPath: "/\($0)/libpam.so.0") }
    return found ?? "usr/lib"
  }()

  /// Copies modules of this machine to where libpam looks for them: all others are missing for the audit.
  public func install(
    _ modules: [String], to directory: String = "\(libraries)/security"
  ) throws {
    try FileManager.default.createDirectory(
      at: root.appending(path: directory), withIntermediateDirectories: true)
    for module in modules {
      try FileManager.default.copyItem(
        at: URL(filePath: "/\(Self.libraries)/security/\(module).so"),
        to: root.appending(path: "\(directory)/\(module).so"))
    }
  }

  public func write(_ text: String, to path: String) throws {
    try root.appending(path: path).write(text.utf8)
  }

  /// What was written to a path of the tree.
  public func text(of path: String?) -> String {
    path.flatMap { try? String(contentsOf: root.appending(path: $0), encoding: .utf8) } ?? "no file"
  }
}
