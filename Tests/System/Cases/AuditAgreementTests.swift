// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration
import SystemHarness
import Testing

/// The audit's verdicts, compared with what the real libpam, modules and kernel do with the same files.
struct AuditAgreementTests {
  @Test(arguments: ConfigurationFixture.Library.allCases, 0..<3 as Range<UInt64>)
  func anyConfigurationThatLibpamAcceptsGetsAVerdictThatHolds(
    library: ConfigurationFixture.Library, seed: UInt64
  ) throws {
    let machine = try ConfigurationFixture(library: library)
    var configuration = GeneratedConfiguration(
      seed: seed, services: 60, hasDifferences: true)
    for (name, text) in configuration.files() { try machine.write(text, to: name) }
    try machine.install(["pam_permit", "pam_deny", "pam_debug", "pam_keyinit"])
    // For the audit the module is there too. Others load it from this machine's place.
    try machine.write("", to: PAMFixture.module)

    try expectAgreement(machine, through: configuration.services)
  }

  /// What the generator makes too rarely.
  private static let rarities: [(lines: String, verdict: Verdict)] = [
    // A reset in a substack restores the impression from before it.
    ("session optional pam_keyinit.so force debug\nsession substack resets\n", .explicit),
    // What follows a die in its substack does not run.
    (
      "session substack dies\nsession [default=reset] pam_permit.so\nsession required pam_permit.so\n",
      .never
    ),
    // A substack that is left out is one line, with all that is in it.
    (
      "session [success=1] pam_permit.so\nsession substack dies\nsession required pam_permit.so\n",
      .never
    ),
    ("session include wrong\nsession optional pam_keyinit.so force debug\n", .unknown),
    (
      "session [success=1] pam_permit.so\nsession include wrong\n"
        + "session optional pam_keyinit.so force debug\n", .explicit
    ),
    ("SESSION OPTIONAL pam_keyinit.so [force] debug\n", .explicit),
    ("session optional pam_keyinit.so debug # force\n", .conditional),
    ("session [success=ok default=bad success=bad] pam_keyinit.so force debug\n", .closed),
    ("session substack itself\nsession optional pam_keyinit.so force debug\n", .unknown),
    ("session incomplete\n", .unknown),
    ("session required pam_debug.so open_session=incomplete\n", .closed),
    ("", .closed),
  ]

  @Test func rarelySeenConfigurationsGetAVerdictThatHolds() throws {
    let machine = try ConfigurationFixture()
    try machine.write(
      "session required pam_deny.so\nsession [default=reset] pam_permit.so\n",
      to: "etc/pam.d/resets")
    try machine.write(
      "session requisite pam_deny.so\nsession optional pam_keyinit.so force debug\n",
      to: "etc/pam.d/dies")
    try machine.write("nonsense required pam_permit.so\n", to: "etc/pam.d/wrong")
    try machine.write("session substack itself\n", to: "etc/pam.d/itself")
    for (number, rarity) in Self.rarities.enumerated() {
      try machine.write(rarity.lines, to: "etc/pam.d/s\(number)")
    }
    let judged = try expectAgreement(machine, through: Self.rarities.indices.map { "s\($0)" })
    #expect(judged.map(\.verdict) == Self.rarities.map(\.verdict))
  }

  /// Since 1.6.0 a comment ends a continued line, and `force` is out of it.
  @Test func aCommentInAContinuedLineIsReadAsThisLibpamReadsIt() throws {
    let machine = try ConfigurationFixture()
    let lines = "session optional pam_keyinit.so debug \\\n# between\n\n force\n"
    try machine.write(lines, to: "etc/pam.d/s0")
    let judged = try expectAgreement(machine, through: ["s0"])
    #expect([.explicit, .conditional].contains(judged[0].verdict))
  }

  /// What su, sudo and runuser inherit belongs to the user who runs them.
  @Test func keepingTheInvokersKeyringHasAVerdictOfItsOwn() throws {
    let machine = try ConfigurationFixture()
    let module = PAMFixture.module
    let services: [(name: String, lines: String, verdict: Verdict)] = [
      ("su", "session optional \(module) inherit debug\n", .inherited),
      (
        "sudo", "session optional pam_keyinit.so debug\nsession optional \(module) inherit debug\n",
        .inherited
      ),
      ("sudo-i", "session optional \(module) debug\n", .explicit),
      ("runuser", "session optional pam_keyinit.so debug\n", .conditional),
      ("su-l", "session optional pam_keyinit.so force debug\n", .explicit),
    ]
    for (name, lines, _) in services { try machine.write(lines, to: "etc/pam.d/\(name)") }
    let judged = try expectAgreement(machine, through: services.map(\.name), withInvoker: true)
    #expect(judged.map(\.verdict) == services.map(\.verdict))
    #expect(judged[0].findings.map(\.kind) == [.keepsInvokers])
    // For a login it is no one's but root's, and is not kept.
    try machine.write(services[0].lines, to: "etc/pam.d/login")
    let login = try expectAgreement(machine, through: ["login"])
    #expect(login.map(\.verdict) == [.explicit])
  }

  @Test func theSingleFileGetsVerdictsThatHold() throws {
    let machine = try ConfigurationFixture(hasDirectories: false)
    try machine.write(
      """
      # service type control module
      s0    session optional pam_keyinit.so force debug
      S1    session optional pam_keyinit.so debug
      s2    session required pam_permit.so
      s0    session required pam_permit.so
      OTHER session required pam_deny.so
      s3    auth    required pam_permit.so

      """, to: "etc/pam.conf")
    let judged = try expectAgreement(machine, through: ["s0", "s1", "s2", "s3"])
    #expect(judged.map(\.verdict) == [.explicit, .conditional, .never, .closed])
  }

  @discardableResult
  private func expectAgreement(
    _ machine: ConfigurationFixture, through services: [String], withInvoker: Bool = false
  ) throws -> [ServiceAudit] {
    let sessions = try machine.sessions(through: services, withInvoker: withInvoker)
    let audit = Audit(try FileTree(root: machine.root.path))
    return try services.map { service in
      let judged = audit.judge(service)
      let seen = try #require(sessions[service])
      let holds = judged.agrees(with: seen)
      #expect(
        holds,
        "\(service) is \(judged.verdict), \(judged.location), but \(seen):\n\(machine.text(of: judged.path))"
      )
      return judged
    }
  }
}
