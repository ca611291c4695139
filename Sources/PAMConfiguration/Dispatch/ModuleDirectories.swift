// SPDX-License-Identifier: BSD-3-Clause

/// Where libpam looks for modules.
final class ModuleDirectories {
  private let files: FileTree
  private let directories: [String]
  private var known: [String: Bool] = [:]

  init(_ files: FileTree) {
    self.files = files
    let libraries = ["/usr/lib", "/lib"]
    let plain = (libraries + ["/usr/lib64", "/lib64"]).map { "\($0)/security" }
    // Debian has one for each architecture.
    let named = libraries.flatMap { library in
      files.names(in: library).filter { $0.contains("-linux-") }.map { "\(library)/\($0)/security" }
    }
    directories = (named + plain).filter(files.isDirectory)
  }

  /// Whether a line's module exists. Without any directory of modules, every module is taken to be
  /// installed: the files are checked without their machine.
  func isInstalled(_ handler: Handler) -> Bool {
    guard case .module(let path, _) = handler.kind, !directories.isEmpty else { return true }
    if let known = known[path] { return known }
    // libpam puts a directory of its own in the place of $ISA.
    let paths =
      path.hasPrefix("/")
      ? [path] : directories.map { "\($0)/\(path.replacing("$ISA", with: "."))" }
    let found = paths.contains(where: files.exists)
    known[path] = found
    return found
  }
}
