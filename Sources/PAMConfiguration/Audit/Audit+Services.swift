// SPDX-License-Identifier: BSD-3-Clause

extension Audit {
  /// The names of all services that have a file, sorted, or that the single file names.
  ///
  /// Without the copies that editors and packages leave, names with capital letters, which libpam never looks
  /// for, and files that others include: parts, unless people log in through a service of that name.
  public func services() -> [String] {
    guard files.hasDirectories else {
      return lines(Libpam.single).map { $0[0].lowercased() }.unique
    }
    let names = files.libpam.directories.flatMap(files.names)
      .filter { $0 == $0.lowercased() && !Self.isLeftover($0) }.unique
      .filter { !isDirectory($0) }
    let parts = Set(names.flatMap(included))
    return names.filter { KnownServices.isLogin($0) || !parts.contains($0) }
  }

  /// The service's own file, or the single file that has lines of it; nil if there is none.
  public func path(of service: String) -> String? {
    guard files.hasDirectories else {
      return lines(Libpam.single).contains { $0[0].lowercased() == service } ? Libpam.single : nil
    }
    return StackReader.file(of: service, in: files)
  }

  private static func isLeftover(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix("~") || name.hasSuffix(",v")
      || name.hasPrefix("#") && name.hasSuffix("#")
      || leftovers.contains { name.contains($0) }
  }

  private static let leftovers = [
    ".dpkg-", ".rpm", ".ucf-", ".pam-old", ".pam-config-backup", ".pacnew", ".pacsave", ".apk-new",
    ".bak", ".orig", ".rej",
  ]

  private func lines(_ path: String) -> [[String]] {
    guard case .file(let contents) = files.entry(at: path) else { return [] }
    return contents.lines.map { line in
      var words = Words(line.text)
      return words.remaining().map(text)
    }.filter { !$0.isEmpty }
  }

  /// The names of the files that a service's own includes, by either kind of line.
  private func included(by service: String) -> [String] {
    guard let path = StackReader.file(of: service, in: files) else { return [] }
    return lines(path).compactMap { words in
      let isDebians = words.count > 1 && ["@include", "-@include"].contains(words[0].lowercased())
      let isAny = words.count > 2 && ["include", "substack"].contains(words[1].lowercased())
      return isDebians ? words[1] : isAny ? words[2] : nil
    }.compactMap(name(ofIncluded:))
  }

  /// The name of a file in a directory of services.
  private func name(ofIncluded path: String) -> String? {
    guard path.contains("/") else { return path }
    return files.libpam.directories.lazy.filter { path.hasPrefix("\($0)/") }
      .map { String(path.dropFirst($0.count + 1)) }.first
  }

  private func isDirectory(_ service: String) -> Bool {
    StackReader.file(of: service, in: files).map(files.isDirectory) ?? true
  }
}

extension [String] {
  fileprivate var unique: [String] { Set(self).sorted() }
}
