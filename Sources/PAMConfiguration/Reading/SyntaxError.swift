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
