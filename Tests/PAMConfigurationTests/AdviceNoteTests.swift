// SPDX-License-Identifier: BSD-3-Clause

import PAMConfiguration
import Testing

/// What no change of a service's own file can do.
struct AdviceNoteTests {
  private func advice(_ files: [String: String], links: [String: String] = [:]) throws -> Advice {
    let tree = try Tree(files)
    for (path, target) in links { try tree.link(path, to: target) }
    return try tree.audit.advice(for: ["login"])
  }

  private func expectNote(
    _ files: [String: String], links: [String: String] = [:], _ text: String, _ command: String?
  ) throws {
    let advice = try advice(files, links: links)
    #expect(advice.diff.isEmpty)
    let note = try #require(advice.notes.first)
    #expect(note.services == ["login"])
    #expect(note.text.contains(text), "\(note)")
    #expect((command == nil) == (note.command == nil))
    #expect(note.command?.contains(command ?? "") ?? true, "\(note)")
  }

  private static let lines = "session required pam_permit.so\n"

  @Test func aFileThatAToolOwnsIsLeftToTheTool() throws {
    try expectNote(
      ["nix/store/x/login": Self.lines, "etc/pam.d/README": ""],
      links: ["etc/pam.d/login": "/nix/store/x/login"], "belongs to NixOS",
      "security.pam.services.login.rules.session")
    try expectNote(
      ["etc/authselect/login": Self.lines, "etc/pam.d/README": ""],
      links: ["etc/pam.d/login": "/etc/authselect/login"], "belongs to authselect",
      "authselect create-profile")
    try expectNote(
      ["etc/pam.d/common-session": Self.lines], links: ["etc/pam.d/login": "common-session"],
      "belongs to pam-auth-update", "pam-auth-update")
    try expectNote(
      ["etc/pam.d/common-session-pc": Self.lines],
      links: ["etc/pam.d/login": "common-session-pc"], "belongs to pam-config", "common-session-pc")
    try expectNote(
      ["usr/share/login": Self.lines, "etc/pam.d/README": ""],
      links: ["etc/pam.d/login": "/usr/share/login"], "symbolic link to /usr/share/login",
      "cp --remove-destination /usr/share/login /etc/pam.d/login")
  }

  @Test func aLineThatServicesShareIsLeftToItsOwner() throws {
    try expectNote(
      [
        "etc/pam.d/login": "@include common-session\n",
        "etc/pam.d/common-session": Self.lines + "session optional pam_keyinit.so force\n",
      ], "/etc/pam.d/common-session:2", "pam-auth-update")
  }

  /// The service has the lines of `other`, which cannot be changed, and which include what is changed for another.
  @Test func nothingIsSaidOfWhatAnotherServicesChangeHasMended() throws {
    let tree = try Tree([
      "etc/pam.d/foo": "auth required pam_permit.so\n", "etc/pam.d/su": Self.lines,
      "usr/share/pam/other": "session include su\n",
    ])
    try tree.link("etc/pam.d/other", to: "/usr/share/pam/other")
    let advice = try tree.audit.advice(for: ["FOO", "su"])
    #expect(advice.changes.map(\.path) == ["/etc/pam.d/su"])
    #expect(advice.notes.isEmpty, "\(advice.notes)")
  }

  /// Of a service called `other` libpam reads the lines twice, of one that has none of its own once.
  @Test func theLinesOfOtherAreOnceThoseOfAServiceWithoutAny() throws {
    let tree = try Tree([
      "etc/pam.d/other": "session required pam_permit.so\nsession include more\n",
      "etc/pam.d/more": "session optional pam_keyinit.so force\n",
      "etc/pam.d/login": "auth required pam_permit.so\n",
    ])
    let advice = try tree.audit.advice(for: ["login", "other"])
    #expect(advice.diff.isEmpty)
    #expect(advice.notes.map(\.services) == [["login", "other"]])
    #expect(advice.notes.allSatisfy { $0.text.contains("/etc/pam.d/more:1") }, "\(advice.notes)")
  }

  @Test func whatAnAdministratorAskedForStays() throws {
    try expectNote(
      ["etc/pam.d/login": "session required pam_session_keyring.so link=none\n"],
      "asked for by /etc/pam.d/login:1", nil)
  }

  @Test func aMissingModuleComesFirst() throws {
    try expectNote(
      [
        "etc/pam.d/login": Self.lines, "usr/lib/x86_64-linux-gnu/security/pam_permit.so": "",
      ], "pam_session_keyring.so is not installed", "apt-get install libpam-session-keyring")
  }

  @Test func aNameThatPatchMightNotTakeIsLeft() throws {
    let tree = try Tree(["etc/pam.d/a b": Self.lines])
    let advice = try tree.audit.advice(for: ["a b"])
    #expect(advice.diff.isEmpty)
    #expect(advice.notes.map(\.services) == [["a b"]])
  }
}
