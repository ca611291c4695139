// SPDX-License-Identifier: BSD-3-Clause

/// Text for a terminal.
enum Columns {
  static let count = 80

  /// Breaks a line between words; the following lines are indented by four more columns.
  static func wrap(_ text: String) -> [String] {
    let indentation = String(text.prefix { $0 == " " })
    var lines: [String] = []
    var line = indentation
    var isEmpty = true
    for word in text.dropFirst(indentation.count).split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > count {
        lines.append(line)
        (line, isEmpty) = (indentation + "    ", true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
