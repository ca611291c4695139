// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration

// The objects of `audit --json`. Every key is always present; a line is null where the whole file is meant.

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
  private enum Key: String, CodingKey { case kind, file, line, text, advice }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(kind.rawValue, forKey: .kind)
    try object.encode(location.file, forKey: .file)
    try object.encode(location.line, forKey: .line)
    try object.encode(text, forKey: .text)
    try object.encode(advice, forKey: .advice)
  }
}

extension Finding.Edit: Encodable {
  private enum Key: String, CodingKey { case position, file, line, write }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(position.rawValue, forKey: .position)
    try object.encode(location.file, forKey: .file)
    try object.encode(location.line, forKey: .line)
    try object.encode(line, forKey: .write)
  }
}
