// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration

extension PatchedTrees {
  /// Whether all is as it has to be after the patch, with what was seen before and after.
  mutating func check(
    _ tree: Tree, _ number: Int, _ before: Substring, _ after: Substring
  ) throws {
    func found(_ what: String) {
      exceptions.append(
        "tree \(number): \(what)\n\(String(decoding: tree.advice.diff, as: UTF8.self))")
    }
    let said =
      (try? String(
        contentsOf: tree.root.deletingLastPathComponent().appending(path: "said"), encoding: .utf8))
      ?? ""
    if said.contains("fail") || said.contains("fuzz") || said.contains("offset") { found(said) }
    let (earlier, later) = (machine.sessions(in: before), machine.sessions(in: after))
    let excused = Set(tree.advice.notes.flatMap(\.services))
    let audit = Audit(try FileTree(root: tree.root.path))
    for service in tree.services {
      let wasOpen = earlier[service]?[.nothing]?.isOpen
      let isOpen = later[service, default: [:]].values.map(\.isOpen)
      if wasOpen == nil || isOpen.count != 5 || isOpen.contains(where: { $0 != wasOpen }) {
        found("\(service) open: \(wasOpen as Any), then \(isOpen)")
      }
      // A program that changes an account has no use for a session.
      let verdict = audit.judge(service).verdict
      guard wasOpen == true, verdict != .closed else { continue }
      open += 1
      guard !excused.contains(service) else {
        self.excused += 1
        continue
      }
      if tree.advice.changes.contains(where: { $0.services.contains(service) }) { changed += 1 }
      let sessions = later[service, default: [:]]
      let isRight = sessions.values.allSatisfy { $0.hasOwnKeyring && $0.linksUserSession }
      if !isRight { found("\(service): \(sessions)") }
      if verdict != .explicit { found("\(service) is \(verdict) by then") }
    }
    let again = audit.advice(for: tree.services)
    if !again.diff.isEmpty { found("again: \(String(decoding: again.diff, as: UTF8.self))") }
    let files = Self.files(in: tree.root)
    let touched = Set(files.keys).union(tree.files.keys).filter { files[$0] != tree.files[$0] }
    if touched != Set(tree.advice.changes.map { String($0.path.dropFirst()) }) {
      found("touched \(touched.sorted())")
    }
    let own = Set(tree.services + ["other"])
    for path in touched
    where !path.hasPrefix("etc/pam.d/")
      || !own.contains(String(path.split(separator: "/").last ?? ""))
    {
      found("not a service's own file: \(path)")
    }
  }
}
