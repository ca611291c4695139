// SPDX-License-Identifier: BSD-3-Clause

import FoundationEssentials

extension Encodable {
  /// What `--json` prints: the keys sorted, so that two outputs can be compared.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
