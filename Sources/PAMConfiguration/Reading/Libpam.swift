// SPDX-License-Identifier: BSD-3-Clause

/// The PAM library of a tree: in which files it looks for a service, and how it reads them.
public struct Libpam: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// Linux-PAM as Debian patches it: with `@include`, and files that others include in /etc/pam.d alone.
    case debian
    /// Linux-PAM as it is published: files that others include where services are, and no `@include`.
    case upstream
    /// That of FreeBSD, NetBSD and macOS, which reads other files in another way.
    case openPAM = "openpam"
  }

  public let kind: Kind
  /// The file of the tree that shows the kind: the library itself, or os-release(5). Nil if the kind is
  /// assumed.
  public let kindSource: String?
  /// Where it looks for a service, the first file that it finds being the service's.
  public let directories: [String]

  /// The release of Linux-PAM that it is made from; nil if only the library itself shows what it does.
  public let version: LibpamVersion?
  /// The file of the tree that shows the version, or what depends on it: a package database, or the library
  /// itself. Nil if nothing does.
  public let versionSource: String?
  /// Whether it reads files as releases from 1.6 on do; nil if that cannot be known.
  let readsAsSince1_6: Bool?

  /// Where its modules are, if the library itself says so.
  let moduleDirectory: String?
  /// What it puts in the place of `$ISA` in a module's path.
  let isa: String?

  /// The administrator's files, which come before all others.
  public static let configurationDirectory = "/etc/pam.d"
  /// Those of packages.
  static let packagedDirectory = "/usr/lib/pam.d"
  static let single = "/etc/pam.conf"

  /// Whether the tree does not say which kind it is: it is taken for Debian's.
  public var isAssumed: Bool { kindSource == nil }

  /// The version, or as much as is known of it.
  public var versionText: String? {
    version?.description ?? readsAsSince1_6.map { $0 ? "1.6 or later" : "before 1.6" }
  }
}

extension Libpam {
  /// The library of a tree.
  init(of files: FileTree) {
    let object = LibpamObject(in: files)
    let release = OSRelease(in: files)
    let installed = LibpamVersion.installed(in: files)
    let usual = [Self.configurationDirectory, Self.packagedDirectory]
    if let object {
      kind = object.isOpenPAM ? .openPAM : object.hasInclude ? .debian : .upstream
      (kindSource, directories) = (object.path, object.directories)
    } else if let kind = release?.kind {
      self.kind = kind
      kindSource = release?.path
      directories = usual + (release?.vendorDirectory.map { [$0] } ?? [])
    } else {
      (kind, kindSource, directories) = (.debian, nil, usual)
    }
    // What the library itself shows is what reads the files, whatever was installed from packages.
    if let reads = object?.readsAsSince1_6,
      installed.map({ $0.version.isSince1_6 != reads }) ?? true
    {
      (version, versionSource, readsAsSince1_6) = (nil, object?.path, reads)
    } else {
      (version, versionSource) = (installed?.version, installed?.source)
      readsAsSince1_6 = installed?.version.isSince1_6
    }
    moduleDirectory = object?.moduleDirectory
    isa = object?.isa
  }
}

extension FileTree {
  /// Whether libpam looks for a file of each service, and not in the single file, pam.conf(5).
  var hasDirectories: Bool { libpam.directories.contains(where: isDirectory) }
}
