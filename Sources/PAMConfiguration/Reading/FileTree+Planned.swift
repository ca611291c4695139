// SPDX-License-Identifier: BSD-3-Clause

/// Files that are only planned.
extension FileTree {
  /// Has a file read as these bytes, whether it exists or not; as it is, for nil.
  func replace(_ path: String, with contents: [UInt8]?) {
    let target = resolve(path) ?? path
    replacements[target] = contents
    for alias in aliases[target, default: []].union([path, target]) { entries[alias] = nil }
    linesOfSingleFile = nil
    let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    entries[directory] = nil
    if contents != nil, entry(at: directory) == .missing { entries[directory] = .directory }
  }

  /// All paths by which a file was read.
  func paths(of path: String) -> Set<String> {
    aliases[resolve(path) ?? path, default: []].union([path])
  }

  /// Whether it is a file that is only planned.
  private func isReplaced(_ path: String) -> Bool {
    resolve(path) == nil && replacements[path] != nil
  }

  /// What a file of the configuration holds, byte for byte.
  func bytes(at path: String) -> [UInt8]? {
    replacements[resolve(path) ?? path] ?? bytes(at: path, limit: Self.limit)
  }

  /// The path of the file that a path leads to, without a symbolic link in it; for one that is only planned, the
  /// path itself. Nil if it cannot be known.
  func target(of path: String) -> String? { isReplaced(path) ? path : resolve(path) }
}
