// SPDX-License-Identifier: BSD-3-Clause

extension Audit {
  /// The names of all services that have a file, sorted, or that the single file names.
  ///
  /// Without the copies that editors, dpkg and rpm keep, names with capital letters, which libpam
  /// never looks for, and files that others include with Debian's `@include`: parts, not services.
  public func services() -> [String] {
    guard StackReader.directories.contains(where: files.isDirectory) else {
      return lines(StackReader.single).map { $0[0].lowercased() }.unique
    }
    let names = StackReader.directories.flatMap(files.names)
      .filter { $0 == $0.lowercased() && !Self.isLeftover($0) }.unique
    let parts = Set(names.flatMap(included))
    return names.filter { !parts.contains($0) && !isDirectory($0) }
  }

  private static func isLeftover(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix("~")
      || [".dpkg-", ".rpm", ".ucf-", ".pam-old", ".bak", ".orig"].contains { name.contains($0) }
  }

  private func lines(_ path: String) -> [[String]] {
    guard case .file(let contents) = files.entry(at: path) else { return [] }
    return contents.lines.map { line in
      var words = Words(line.text)
      return words.remaining().map(text)
    }.filter { !$0.isEmpty }
  }

  private func included(by service: String) -> [String] {
    guard let path = StackReader.file(of: service, in: files) else { return [] }
    return lines(path).filter {
      $0.count > 1 && ["@include", "-@include"].contains($0[0].lowercased())
    }
    .map { String($0[1].split(separator: "/").last ?? "") }
  }

  private func isDirectory(_ service: String) -> Bool {
    StackReader.file(of: service, in: files).map(files.isDirectory) ?? true
  }
}

extension [String] {
  fileprivate var unique: [String] { Set(self).sorted() }
}
