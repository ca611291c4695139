// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration
import SystemText

/// Prints what an audit found, for people and for programs.
struct AuditReport {
  let root: String
  let libpam: Libpam
  let services: [ServiceAudit]
  let advice: Advice

  /// A line for each service, then each finding, then what the diff changes, and what it cannot, in 80
  /// columns: only a name or a line to write that is longer goes beyond them.
  func text(isColored: Bool) -> String {
    var lines = Self.table(services, isColored: isColored)
    // A finding in a file that many services include is printed once.
    var concerned: [Finding: [String]] = [:]
    var order: [Finding] = []
    for service in services {
      for finding in service.findings {
        if concerned[finding] == nil { order.append(finding) }
        concerned[finding, default: []].append(Self.shown(service))
      }
    }
    if !order.isEmpty { lines.append("") }
    for finding in order {
      let names = concerned[finding, default: []]
      lines += Columns.wrap("\(finding.location): \(finding.text) (\(names.listed))")
    }
    // A line to copy stays in one piece.
    let advised = advice.lines.map { escaped($0.utf8, keepsBackslashes: true) }
      .flatMap { $0.hasPrefix("    ") ? [$0] : Columns.wrap($0) }
    if !advice.isEmpty { lines += [""] + advised }
    if libpam.isAssumed {
      lines += ["", "no libpam and no os-release: read as Debian's libpam does"]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A name that is not UTF-8 is one already that can be shown, and has no path.
  private static func shown(_ service: ServiceAudit) -> String {
    escaped(service.service.utf8, keepsBackslashes: service.path == nil)
  }

  private static func table(_ services: [ServiceAudit], isColored: Bool) -> [String] {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let indentation = String(repeating: " ", count: 13)
    let rows = services.map { (service: $0, name: shown($0), place: "\($0.location)") }
    let width = rows.map(\.name.count).filter { $0 <= 30 }.max() ?? 0
    return rows.flatMap { row in
      let verdict = pad(row.service.verdict.rawValue, 11)
      let shown =
        isColored ? "\u{1B}[\(row.service.verdict.color)m\(verdict)\u{1B}[0m" : verdict
      let name = pad(row.name, width)
      return indentation.count + name.count + 2 + row.place.count <= Columns.count
        ? ["\(shown)  \(name)  \(row.place)"]
        : ["\(shown)  \(row.name)", indentation + row.place]
    }
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
