// SPDX-License-Identifier: BSD-3-Clause

/// Random PAM files, of everything that pam.conf(5) allows and of some things that it does not.
public struct GeneratedConfiguration {
  private var state: UInt64
  private let count: Int
  /// What the names of this tree's services and parts begin with, so that it can lie beside others.
  private let prefix: String
  /// Whether it has vendors' directories, chains of includes and $ISA, which libpams read in different ways.
  private let hasDifferences: Bool

  public init(
    seed: UInt64, services: Int, prefix: String = "", hasDifferences: Bool = false
  ) {
    (state, count, self.prefix, self.hasDifferences) = (seed, services, prefix, hasDifferences)
  }

  public var services: [String] { (0..<count).map { "\(prefix)s\($0)" } }

  /// SplitMix64: the same files for the same seed, in every run.
  mutating func random(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(limit))
  }

  mutating func one<Element>(of choices: [Element]) -> Element {
    choices[random(below: choices.count)]
  }

  /// The files' contents by their paths: the services `s0`, `s1`, ..., what these include, and a chain of files
  /// that include each other, `c1` for one that ends before the limit of 16, `c0` for one that does not.
  public mutating func files() -> [String: String] {
    var files = ["etc/pam.d/other": text(lines: 3, includingFrom: 0)]
    for part in 0..<Self.parts {
      let directory = part < Self.vendorParts ? "etc/pam.d" : directory()
      files["\(directory)/\(prefix)p\(part)"] = text(lines: 4, includingFrom: part + 1)
    }
    for link in 0..<16 where hasDifferences {
      files["etc/pam.d/\(prefix)c\(link)"] = "session include \(prefix)c\(link + 1)\n"
    }
    if hasDifferences { files["etc/pam.d/\(prefix)c16"] = "session optional pam_permit.so\n" }
    for service in services {
      files["\(directory())/\(service)"] = text(lines: 7, includingFrom: 0)
    }
    return files
  }

  private mutating func directory() -> String {
    hasDifferences ? one(of: Self.directories) : "etc/pam.d"
  }

  private static let parts = 8
  /// From this one on, a part can be where Debian's libpam does not find it. What that does after an @include
  /// that fails is undefined.
  private static let vendorParts = 6
  private static let directories =
    Array(repeating: "etc/pam.d", count: 8) + ["usr/lib/pam.d", "usr/etc/pam.d"]

  private mutating func text(lines: Int, includingFrom part: Int) -> String {
    (0..<1 + random(below: lines)).map { _ in line(includingFrom: part) }.joined()
  }

  private mutating func line(includingFrom part: Int) -> String {
    let space = one(of: [" ", "\t", "  ", " \\\n  ", " \\  \n# between\n\n"])
    let end = one(of: ["\n", "\n", "\n", " # comment\n", "\n# comment \\\n", " \t\n\n"])
    if random(below: 60) == 0 {
      return one(of: [
        "sesion required pam_permit.so", "session", "session required", "auth", "session [",
        "session [success=ok", "session [] pam_permit.so", "- required pam_permit.so",
        "session [nonsense=ok] pam_permit.so", "session [default=0] pam_permit.so",
      ]) + end
    }
    if part < Self.parts, random(below: 5) == 0 {
      let name = "\(prefix)p\(part + random(below: Self.parts - part))"
      var choices = [
        "session include \(name)", "session substack \(name)", "-session\tsubstack \(name)",
        "auth include \(name)", "session substack /etc/pam.d/\(name)",
        random(below: 5) == 0 ? "session include missing" : "session include \(name)",
      ]
      if !hasDifferences {
        choices.insert("@include \(name)", at: 0)
      } else {
        choices.append("session include \(prefix)c\(random(below: 12))")
        if part < Self.vendorParts {
          choices.append("@include \(prefix)p\(part + random(below: Self.vendorParts - part))")
        }
      }
      return one(of: choices) + end
    }
    let type = one(of: ["session", "session", "session", "session", "-session", "SESSION", "auth"])
    return [type, control(), module()].joined(separator: space) + end
  }

  private mutating func control() -> String {
    switch random(below: 10) {
    case 0...1: one(of: ["required", "Required", "requisite"])
    case 2...5: "optional"
    case 6: "sufficient"
    default: "[" + (0..<1 + random(below: 3)).map { _ in pair() }.joined(separator: " ") + "]"
    }
  }

  /// A `value=action` pair of a control flag. Swift 6.2 takes too long for it within the other expression.
  private mutating func pair() -> String {
    let code = one(of: Self.codes + ["default", "default", "success"])
    let sign = one(of: ["=", "=", " = "])
    return code + sign
      + one(of: ["ignore", "ok", "done", "bad", "die", "reset", "1", "1", "2", "3"])
  }

  private static let codes = [
    "success", "ignore", "session_err", "perm_denied", "module_unknown", "new_authtok_reqd",
    "user_unknown",
  ]

  private mutating func module() -> String {
    switch random(below: 10) {
    case 0...2:
      one(
        of: Array(repeating: "pam_permit.so", count: 7) + ["pam_deny.so", "pam_missing.so"]
          + (hasDifferences ? ["/lib/security/$ISA/pam_permit.so", "$ISA/pam_permit.so"] : []))
    case 3...5:
      "pam_debug.so "
        + one(of: ["open_session=\(one(of: Self.codes))", "[open_session=ignore]", "cred=ignore"])
    case 6...7: one(of: ["pam_keyinit.so debug", "pam_keyinit.so force revoke debug"])
    default:
      PAMFixture.module + " debug "
        + one(of: [
          "", "force", "inherit", "force inherit", "join=shared", "join=.wrong", "revoke",
          "nonsense", "inherit join=shared", "link=none",
        ])
    }
  }
}
