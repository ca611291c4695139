// SPDX-License-Identifier: BSD-3-Clause

/// The stacks of modules of one service, or of `other`.
struct Stacks {
  private(set) var session: [Handler] = []
  private(set) var auth: [Handler] = []

  mutating func add(_ handler: Handler, to type: ModuleType) {
    switch type {
    case .session: session.append(handler)
    case .auth: auth.append(handler)
    case .account, .password: break
    }
  }

  var count: Int { session.count + auth.count }
}

/// Something in the files that libpam cannot read.
public struct Problem: Hashable, Sendable {
  public let place: Place
  public let text: String
}

/// What libpam would do cannot be told, or differs between its versions.
struct Undecidable: Error {
  let problem: Problem

  init(_ place: Place, _ text: String) { problem = Problem(place: place, text: text) }
}

/// Words of a file as they are, for a path or a name to compare with.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Words that come from anywhere as a message can hold them: on its line, and no longer than a reader
/// needs.
func shown(_ text: String, most: Int = 64) -> String {
  let printable = text.unicodeScalars.map { scalar -> String in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate,
      .privateUse:
      "?"
    default: String(scalar)
    }
  }
  let whole = printable.joined()
  return whole.count > most ? whole.prefix(most) + "..." : whole
}
