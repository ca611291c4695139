// SPDX-License-Identifier: BSD-3-Clause

/// What a tree's libpam.so.0 shows of itself by the texts in it.
struct LibpamObject {
  let path: String
  /// FreeBSD's and macOS' has these names in it.
  let isOpenPAM: Bool
  /// Debian's patch 031_pam_include.
  let hasInclude: Bool
  /// From `PAM_CONFIG_DF`, `PAM_CONFIG_DIST_DF` and `PAM_CONFIG_DIST2_DF` in libpam/pam_private.h.
  let directories: [String]
  /// Since 1.6.0 all includes count, in _pam_load_conf_file, which says so in other words than before. The
  /// same release has lines of any length, and a comment ends a continued line. explicit_bzero is imported
  /// since 1.5.3, and shows neither.
  let readsAsSince1_6: Bool?
  /// `DEFAULT_MODULE_PATH`.
  let moduleDirectory: String?
  /// `_PAM_ISA`: of the form `../../lib64/security` if not configured otherwise, as Debian does.
  let isa: String?

  /// More than any libpam has.
  private static let limit = 1 << 22

  /// Finds it where the dynamic linker looks for it, 64-bit libraries first.
  init?(in files: FileTree) {
    let libraries = ["/usr/lib", "/lib"]
    let named = libraries.flatMap { library in
      files.names(in: library).filter { $0.contains("-linux-") }.map { "\(library)/\($0)" }
    }
    let directories =
      ["/usr/lib64", "/lib64"] + named.filter { $0.contains("64") }
      + libraries + named.filter { !$0.contains("64") }
    let found = directories.lazy.flatMap { directory in
      Self.names.lazy.map { "\(directory)/\($0)" }
    }.compactMap { path in files.bytes(at: path, limit: Self.limit).map { (path, $0) } }.first
    guard let (path, bytes) = found else { return nil }
    self.init(path: path, bytes)
  }

  private static let names = [
    "libpam.so.0", "libpam.so.6", "libpam.so.5", "libpam.so.4", "libpam.2.dylib", "libpam.dylib",
  ]

  init(path: String, _ bytes: [UInt8]) {
    self.path = path
    let texts = Self.texts(in: bytes)
    isOpenPAM = !path.hasSuffix("/libpam.so.0") || texts.contains { $0.contains("openpam_") }
    hasInclude = texts.contains("@include")
    // The linker may keep one text as the end of another: /etc/pam.d/%s is always one of them.
    let ending = "/pam.d/%s"
    let others = texts.filter { $0.hasPrefix("/") && $0.hasSuffix(ending) }
      .map { String($0.dropLast(3)) }.filter { $0 != Libpam.configurationDirectory }
    directories =
      [Libpam.configurationDirectory] + others.filter { $0 == Libpam.packagedDirectory }
      + others.filter { $0 != Libpam.packagedDirectory }.sorted()
    readsAsSince1_6 =
      texts.contains("maximum level of inclusions reached")
      ? true : texts.contains("maximum level of substacks reached") ? false : nil
    moduleDirectory = texts.first { $0.hasPrefix("/") && $0.hasSuffix("/security/") }
      .map { String($0.dropLast()) }
    let library = path.split(separator: "/").dropLast().last ?? "lib"
    // Upstream's before 1.6 has it in pieces, in the code.
    let isWhole = hasInclude || readsAsSince1_6 == true
    let own = texts.first {
      $0.hasSuffix("/security") && Self.isaBeginnings.contains(where: $0.hasPrefix)
    }
    isa = (isWhole ? own : nil) ?? "../../\(library)/security"
  }

  private static let isaBeginnings = ["../../", "/lib/", "/usr/"]

  /// The texts in an object that are long enough to matter here, sorted.
  private static func texts(in bytes: [UInt8]) -> [String] {
    Set(
      bytes.split { !(32..<127).contains($0) }.filter { $0.count >= "@include".utf8.count }
        .map { String(decoding: $0, as: UTF8.self) }
    ).sorted()
  }
}
