// SPDX-License-Identifier: BSD-3-Clause

import FoundationEssentials
import PAMConfiguration

/// Prints what an audit found, for people and for programs.
struct AuditReport {
  let root: String
  let libpam: Libpam
  let services: [ServiceAudit]
  let advice: Advice

  /// A line for each service, then one for each finding, then what the diff changes, and what it cannot.
  func text(isColored: Bool) -> String {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let width = services.map(\.service.count).max() ?? 0
    var lines = services.map { service in
      let verdict = pad(service.verdict.rawValue, 11)
      let shown = isColored ? "\u{1B}[\(service.verdict.color)m\(verdict)\u{1B}[0m" : verdict
      return "\(shown)  \(pad(service.service, width))  \(service.location)"
    }
    // A finding in a file that many services include is printed once.
    var concerned: [Finding: [String]] = [:]
    var order: [Finding] = []
    for service in services {
      for finding in service.findings {
        if concerned[finding] == nil { order.append(finding) }
        concerned[finding, default: []].append(service.service)
      }
    }
    if !order.isEmpty { lines.append("") }
    for finding in order {
      let names = concerned[finding, default: []]
      lines.append("\(finding.location): \(finding.text) (\(names.listed))")
    }
    if !advice.isEmpty { lines += [""] + advice.lines }
    return lines.map { $0 + "\n" }.joined()
  }

  /// An object, of which JSON.swift has the keys.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

extension Verdict {
  /// The number of a colour, console_codes(4).
  fileprivate var color: Int {
    switch self {
    case .closed, .explicit, .inherited: 32
    case .conditional, .discarded, .unknown: 33
    case .never: 31
    }
  }
}
