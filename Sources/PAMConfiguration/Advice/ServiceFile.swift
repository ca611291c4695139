// SPDX-License-Identifier: BSD-3-Clause

/// The file in which a service's own lines are, and where a change of it is written.
struct ServiceFile {
  /// As libpam finds it.
  let path: String
  /// The file to write: what the path leads to, or the copy of a package's file.
  let target: String
  let isCopied: Bool
  let contents: [UInt8]
  /// The service's own lines, in their order.
  let lines: [OwnLine]

  /// What keeps a file from being changed by a diff.
  enum Obstacle: Error, Hashable {
    case owned(OwningTool, file: String, target: String)
    case linked(to: String)
    case unknown
  }

  init(_ service: String, in files: FileTree) throws(Obstacle) {
    let isSingle = !files.hasDirectories
    let path = isSingle ? Libpam.single : StackReader.file(of: service, in: files)
    guard let path, let contents = files.bytes(at: path),
      case .file(let lines) = files.entry(at: path)
    else { throw .unknown }
    let present = files.target(of: path)
    let target = present ?? path
    if let owner = OwningTool(target: target, contents: contents) {
      throw .owned(owner, file: path, target: target)
    }
    self.path = path
    self.contents = contents
    self.lines = OwnLine.all(in: contents, lines, hasServiceField: isSingle)
      .filter { $0.service == nil || $0.service == service }
    let first = Libpam.configurationDirectory
    isCopied = !isSingle && !path.hasPrefix("\(first)/")
    if isCopied {
      self.target = "\(first)/\(service)"
    } else {
      // What a link leads to outside /etc is a package's.
      guard target.hasPrefix("/etc/") else { throw .linked(to: target) }
      guard present != nil else { throw .unknown }
      self.target = target
    }
    guard self.target.utf8.allSatisfy(Self.isPlain) else { throw .unknown }
  }

  /// Whether patch(1) takes it in a file's name without quotes.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/._-+@:".utf8.contains(byte)
    }
  }
}
