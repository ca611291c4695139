// SPDX-License-Identifier: BSD-3-Clause

extension FileTree {
  /// The path of the file that a path leads to, without a symbolic link in it; for one that is only planned, the
  /// path itself. Nil if it cannot be known.
  func target(of path: String) -> String? { isReplaced(path) ? path : resolve(path) }
}
