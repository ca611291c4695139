// SPDX-License-Identifier: BSD-3-Clause

/// Where libpam looks for modules.
final class ModuleDirectories {
  private let files: FileTree
  private let directories: [String]
  private var known: [String: Bool] = [:]

  init(_ files: FileTree) {
    self.files = files
    let libpam = files.libpam
    // Debian's looks in two places, patch lib_security_multiarch_compat.
    let own = [libpam.moduleDirectory, libpam.kind == .debian ? libpam.isa : nil].compactMap { $0 }
      .filter(files.isDirectory)
    let libraries = ["/usr/lib", "/lib"]
    let plain = (libraries + ["/usr/lib64", "/lib64"]).map { "\($0)/security" }
    // Debian has one for each architecture.
    let named = libraries.flatMap { library in
      files.names(in: library).filter { $0.contains("-linux-") }.map { "\(library)/\($0)/security" }
    }
    directories = own.isEmpty ? (named + plain).filter(files.isDirectory) : own
  }

  /// Whether a line's module exists. Without any directory of modules, every module is taken to be
  /// installed: the files are checked without their machine.
  func isInstalled(_ handler: Handler) -> Bool {
    guard case .module(let path, _) = handler.kind, !directories.isEmpty else { return true }
    if let known = known[path] { return known }
    let found = paths(of: path).contains(where: files.isRegularFile)
    known[path] = found
    return found
  }

  /// Where libpam looks for a module, `_pam_load_module` in libpam/pam_handlers.c: as it is written, and then
  /// with a directory of its own in the place of the first `$ISA`.
  private func paths(of path: String) -> [String] {
    let full = path.hasPrefix("/") ? [path] : directories.map { "\($0)/\(path)" }
    guard path.contains("$ISA") else { return full }
    // Debian's puts it into the path as it is written, upstream's into that with its directory.
    let isDebians = files.libpam.kind == .debian
    return full
      + (isDebians ? [path] : full).flatMap { path in
        isas.map { path.replacing("$ISA", with: $0, maxReplacements: 1) }
      }
  }

  /// What can be in the place of `$ISA`: more than one where the tree has no libpam that says it.
  private var isas: [String] {
    let libpam = files.libpam
    if let isa = libpam.isa { return [isa] }
    let debians = ["/lib/security", "/usr/lib/security"]
    let upstreams = ["../../lib64/security", "../../lib/security"]
    return libpam.isAssumed ? debians + upstreams : libpam.kind == .debian ? debians : upstreams
  }
}
