// SPDX-License-Identifier: BSD-3-Clause

extension Audit {
  /// The names of all services that have a file, sorted, or that the single file names.
  ///
  /// Without the copies that editors and packages leave, names with capital letters, which libpam never looks
  /// for, and files that others include: parts, unless people log in through a service of that name. A name
  /// that is not UTF-8 is there as it is shown.
  public func services() -> [String] {
    guard files.hasDirectories else {
      return files.linesOfServices.keys.sorted()
    }
    let names = files.libpam.directories.flatMap(files.names)
      .filter { $0 == $0.lowercased() && !Self.isLeftover($0) }.unique
      .filter { !isDirectory($0) }
    let parts = Set(names.flatMap(included).compactMap(files.identity))
    let services = names.filter { name in
      KnownServices.isLogin(name)
        || !(path(of: name).flatMap(files.identity).map(parts.contains) ?? false)
    }
    return services + files.invalidNames.keys.sorted()
  }

  /// The service's own file, or the single file that has lines of it; nil if there is none.
  public func path(of service: String) -> String? {
    guard files.hasDirectories else {
      return files.linesOfServices[service] == nil ? nil : Libpam.single
    }
    return StackReader.file(of: service, in: files)
  }

  /// A directory of more names than any has; nil if there is none.
  public var overfullDirectory: String? {
    files.libpam.directories.first { files.names(in: $0).count > FileTree.nameLimit }
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

  /// The paths of the files that a service's own includes, by either kind of line.
  private func included(by service: String) -> [String] {
    guard let path = path(of: service), case .file(let contents) = files.entry(at: path) else {
      return []
    }
    let names = contents.lines.compactMap { line -> String? in
      var words = Words(line.text)
      let (first, second) = (words.next().map(text)?.lowercased(), words.next().map(text))
      if first == "@include" || first == "-@include" { return second }
      return ["include", "substack"].contains(second?.lowercased())
        ? words.next().map(text) : nil
    }
    return names.flatMap { name in
      name.hasPrefix("/") ? [name] : files.libpam.directories.map { "\($0)/\(name)" }
    }
  }

  private func isDirectory(_ service: String) -> Bool {
    StackReader.file(of: service, in: files).map(files.isDirectory) ?? true
  }
}

extension [String] {
  fileprivate var unique: [String] { Set(self).sorted() }
}
