// SPDX-License-Identifier: BSD-3-Clause

/// A random tree of PAM files as distributions and administrators have them: files that services share, services
/// that include each other, packages' files, links, modules that store keys, and files as editors leave them.
public struct GeneratedTree {
  /// What the files hold, by their paths.
  public private(set) var files: [String: [UInt8]] = [:]
  /// Where symbolic links lead.
  public private(set) var links: [String: String] = [:]
  public private(set) var services: [String] = []
  private var configuration: GeneratedConfiguration

  public init(seed: UInt64) {
    configuration = GeneratedConfiguration(seed: seed, services: 3)
    for (path, text) in configuration.files() {
      files[path.contains("/") ? path : "etc/pam.d/\(path)"] = Array(text.utf8)
    }
    for (name, shared) in Self.shared {
      files["etc/pam.d/\(name)"] = Array(one(of: shared).joined(separator: "\n").utf8) + [10]
    }
    for number in 0..<3 { add(number) }
  }

  private mutating func isOne(of count: Int) -> Bool { configuration.random(below: count) == 0 }
  private mutating func one<Element>(of choices: [Element]) -> Element {
    configuration.one(of: choices)
  }

  private static let shared: [String: [[String]]] = [
    "common-session": [
      debians, debians + ["session optional pam_session_keyring.so debug"],
      debians + [
        "session optional pam_session_keyring.so join=login debug",
        "session required pam_permit.so",
      ],
      ["session optional pam_keyinit.so revoke debug", "session required pam_permit.so"],
      debians + ["session optional pam_krb5.so", "session optional pam_debug.so"],
      ["session optional pam_keyinit.so force revoke debug"] + debians,
    ],
    "common-auth": [
      ["auth required pam_permit.so"],
      [
        "auth [success=1 default=ignore] pam_krb5.so", "auth requisite pam_deny.so",
        "auth required pam_permit.so",
      ],
      [
        "auth sufficient pam_debug.so auth=ignore", "auth optional pam_sss.so",
        "auth required pam_permit.so",
      ],
    ],
  ]
  private static let debians = [
    "session [default=1] pam_permit.so", "session requisite pam_deny.so",
    "session required pam_permit.so",
  ]
  private static let selinux =
    "session [success=ok ignore=ignore module_unknown=ignore default=bad] pam_selinux.so"

  /// Makes a service that a program may have of one of the configuration's.
  private mutating func add(_ number: Int) {
    let known = [["su", "su-l"], ["sshd", "login"], ["sudo", "gdm-password"]][number]
    let name = isOne(of: 3) ? one(of: known) : "s\(number)"
    let old = files.keys.sorted().first { $0.hasSuffix("pam.d/s\(number)") } ?? ""
    var text = files.removeValue(forKey: old) ?? []
    func lines(_ lines: String...) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }
    if isOne(of: 4) { text = lines("session optional pam_krb5.so") + text }
    if let earlier = services.last, isOne(of: 5) { text += lines("session include \(earlier)") }
    if isOne(of: 5) { text = lines("session optional pam_keyinit.so force revoke debug") + text }
    if isOne(of: 2) { text += lines("@include common-session") }
    if isOne(of: 3) { text += lines("session optional pam_keyinit.so force revoke debug") }
    if isOne(of: 3) {
      text = lines("@include common-auth", "\(Self.selinux) close", "\(Self.selinux) open") + text
    }
    if isOne(of: 15) { text = text.flatMap { $0 == 10 ? [13, 10] : [$0] } }
    if isOne(of: 5), text.last == 10 { text.removeLast() }
    let directory =
      isOne(of: 8)
      ? "usr/lib/pam.d" : String(old.split(separator: "/").dropLast().joined(separator: "/"))
    if isOne(of: 8), directory == "etc/pam.d" {
      links["etc/pam.d/\(name)"] = ".own/\(name)"
      files["etc/pam.d/.own/\(name)"] = text
    } else {
      files["\(directory)/\(name)"] = text
    }
    services.append(name)
  }
}
