// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration

// The objects of `audit --json`. Every key is always present; a line is null where the whole file is meant.

extension AuditReport: Encodable {
  private enum Key: String, CodingKey { case version, root, libpam, services, edits, notes }

  /// Of the form of the output: another number where a program that reads it has to be changed.
  private static let version = 1

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(Self.version, forKey: .version)
    try object.encode(root, forKey: .root)
    try object.encode(libpam, forKey: .libpam)
    try object.encode(services, forKey: .services)
    try object.encode(advice.changes.flatMap(Edit.all(of:)), forKey: .edits)
    try object.encode(advice.notes, forKey: .notes)
  }
}

extension Libpam: Encodable {
  private enum Key: String, CodingKey {
    case kind, version, directories
    case kindSource = "kind-source"
    case versionSource = "version-source"
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(kind.rawValue, forKey: .kind)
    try object.encode(kindSource, forKey: .kindSource)
    try object.encode(versionText, forKey: .version)
    try object.encode(versionSource, forKey: .versionSource)
    try object.encode(directories, forKey: .directories)
  }
}

extension SourceLocation: Encodable {
  private enum Key: String, CodingKey { case file, line }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(file, forKey: .file)
    try object.encode(line, forKey: .line)
  }
}

extension ServiceAudit: Encodable {
  private enum Key: String, CodingKey { case service, verdict, file, line, findings }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(service, forKey: .service)
    try object.encode(verdict.rawValue, forKey: .verdict)
    try object.encode(location.file, forKey: .file)
    try object.encode(location.line, forKey: .line)
    try object.encode(findings, forKey: .findings)
  }
}

extension Finding: Encodable {
  private enum Key: String, CodingKey { case kind, file, line, text, related }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(kind.rawValue, forKey: .kind)
    try object.encode(location.file, forKey: .file)
    try object.encode(location.line, forKey: .line)
    try object.encode(text, forKey: .text)
    try object.encode(related, forKey: .related)
  }
}

/// A place of a change, with the file that it is in.
private struct Edit: Encodable {
  let edit: FileEdit
  let change: FileChange

  static func all(of change: FileChange) -> [Edit] {
    change.edits.map { Edit(edit: $0, change: change) }
  }

  private enum Key: String, CodingKey { case services, position, file, line, copy, write }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(change.services, forKey: .services)
    try object.encode(edit.position.rawValue, forKey: .position)
    try object.encode(edit.location.file, forKey: .file)
    try object.encode(edit.location.line, forKey: .line)
    try object.encode(change.copied == nil ? nil : change.path, forKey: .copy)
    try object.encode(edit.lines, forKey: .write)
  }
}

extension AdviceNote: Encodable {
  private enum Key: String, CodingKey { case services, text, command }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(services, forKey: .services)
    try object.encode(text, forKey: .text)
    try object.encode(command, forKey: .command)
  }
}
