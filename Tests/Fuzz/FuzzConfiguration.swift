// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import PAMConfiguration

/// A tree with the files that libFuzzer makes up, in fuzz.sh's own directory.
private let root: String = {
  guard let work = getenv("PAM_CONFDIR") else { fatalError("PAM_CONFDIR") }
  let root = String(cString: work) + "/tree"
  for directory in ["", "/etc", "/etc/pam.d"] { mkdir(root + directory, 0o700) }
  return root
}()

private let names = ["a", "b", "c", "other"]

/// Reads libFuzzer's bytes as files that can include each other, parted by form feeds, and judges them;
/// stops if a verdict or its advice takes too long, or if what is said of them cannot stand on a line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let texts = UnsafeBufferPointer(start: bytes, count: count).split(
    separator: 12, maxSplits: names.count - 1, omittingEmptySubsequences: false)
  for (index, name) in names.enumerated() {
    let file = open("\(root)/etc/pam.d/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    if index < texts.count { write(file, texts[index].map { $0 }, texts[index].count) }
    close(file)
  }
  guard let files = try? FileTree(root: root) else { fatalError("FileTree") }
  let audit = Audit(files)
  for service in audit.services() {
    let judged = audit.judge(service)
    precondition(judged.verdict != .unknown || !judged.findings.isEmpty)
    for finding in judged.findings {
      precondition(isLine(finding.text))
    }
  }
  let advice = audit.advice(for: audit.services())
  for note in advice.notes { precondition(isLine(note.text) && isLine(note.command ?? "")) }
  for change in advice.changes { precondition(change.before != change.after) }
  return 0
}

private func isLine(_ text: String) -> Bool {
  !text.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
}
