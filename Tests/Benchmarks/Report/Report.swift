// SPDX-License-Identifier: BSD-3-Clause

import Foundation

/// The table of figures, printed as they come, and as JSON.
struct Report {
  private struct Figure: Encodable {
    let figure: String
    let value: Double
    let required: String
  }

  private var figures: [Figure] = []

  mutating func add(_ name: String, _ value: Double, _ required: String = "") {
    figures.append(Figure(figure: name, value: value, required: required))
    let shown = value == value.rounded() ? "\(Int(value))" : String(format: "%.2f", value)
    let gap = String(repeating: " ", count: max(1, 76 - name.count - shown.count))
    FileHandle.standardOutput.write(Data("\(name)\(gap)\(shown)  \(required)\n".utf8))
  }

  func write(to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(figures).write(to: file)
  }
}

/// How much dearer the last of these is than the first, by a line fitted through all, as a part of
/// their mean.
func slope(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  let middle = Double(values.count - 1) / 2
  let pairs = values.enumerated().map { (Double($0.offset) - middle, $0.element - mean) }
  let rise = pairs.map { $0 * $1 }.reduce(0, +) / pairs.map { $0.0 * $0.0 }.reduce(0, +)
  return rise * Double(values.count - 1) / mean
}
