// SPDX-License-Identifier: BSD-3-Clause

/// Something in the files that libpam cannot read.
///
/// Collected where libpam goes on, thrown where it is undefined how, or differs between its versions.
struct SyntaxError: Error, Hashable {
  let location: SourceLocation
  let text: String

  init(_ location: SourceLocation, _ text: String) {
    (self.location, self.text) = (location, text)
  }
}

/// What libpam cannot read in the files of a service.
struct SyntaxErrors {
  private var errors: [SyntaxError] = []
  /// The lines of each file that have one: a file may be read more than once.
  private var lines: [String: Set<Int?>] = [:]

  /// More lines of a file than anybody corrects one by one: it is no configuration file.
  private static let limit = 4

  private(set) var last: SyntaxError?

  var isEmpty: Bool { errors.isEmpty }

  mutating func note(_ location: SourceLocation, _ text: @autoclosure () -> String) {
    guard lines[location.file, default: []].insert(location.line).inserted else { return }
    guard lines[location.file, default: []].count <= Self.limit else { return }
    errors.append(SyntaxError(location, text()))
    last = errors.last
  }

  /// One for each line, but for a file with many of them a single one. The error that ends the reading is not
  /// among them, nor is its file, if that has many.
  func summarized(without end: SyntaxError? = nil) -> [SyntaxError] {
    var seen: Set<String> = []
    return errors.compactMap { error in
      let file = error.location.file
      let count = lines[file, default: []].count
      guard count > Self.limit else { return error.location == end?.location ? nil : error }
      guard file != end?.location.file, seen.insert(file).inserted else { return nil }
      return SyntaxError(error.location, Wording.more(count - 1, like: error.text))
    }
  }
}
