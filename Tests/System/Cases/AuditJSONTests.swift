// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// `session-keyring audit --json`, as programs read it.
struct AuditJSONTests {
  private let machine: ConfigurationFixture

  init() throws {
    machine = try ConfigurationFixture()
    try machine.writeServices()
  }

  private func report(on services: [String]) throws -> [String: Any] {
    let transcript = try machine.login.run(
      PAMFixture.tool, ["audit", "--json", "--root", machine.root.path] + services)
    let object = try JSONSerialization.jsonObject(with: Data(transcript.description.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func saysWhatReadsTheFilesAndHasAnObjectForEachService() throws {
    let report = try report(on: [])
    #expect(Set(report.keys) == ["version", "root", "libpam", "services", "edits", "notes"])
    #expect(report["version"] as? Int == 1)
    #expect(report["root"] as? String == machine.root.path)
    let libpam = try #require(report["libpam"] as? [String: Any])
    #expect(
      Set(libpam.keys) == ["kind", "kind-source", "version", "version-source", "directories"])
    #expect(libpam["kind"] as? String == "debian")
    #expect(libpam["kind-source"] as? String == "/\(ConfigurationFixture.libraries)/libpam.so.0")
    #expect(libpam["version-source"] as? String == "/var/lib/dpkg/status")
    #expect(libpam["directories"] as? [String] == ["/etc/pam.d", "/usr/lib/pam.d"])
    let services = try #require(report["services"] as? [[String: Any]])
    #expect(services.map { $0["service"] as? String } == ["broken", "cron", "runuser", "sshd"])
    #expect(
      services.map { $0["verdict"] as? String } == ["unknown", "never", "conditional", "explicit"])
    #expect(services.map { $0["line"] as? Int } == [1, nil, 1, 1])
    for service in services {
      #expect(Set(service.keys) == ["service", "verdict", "file", "line", "findings"])
      for finding in try #require(service["findings"] as? [[String: Any]]) {
        #expect(Set(finding.keys) == ["kind", "file", "line", "text", "related"])
      }
    }
    let edits = try #require(report["edits"] as? [[String: Any]])
    #expect(edits.map { $0["services"] as? [String] } == [["cron"], ["runuser"], ["sshd"]])
    #expect(edits.map { $0["position"] as? String } == ["before", "replace", "replace"])
    #expect(edits[0]["write"] as? [String] == ["session optional pam_session_keyring.so"])
    for edit in edits {
      #expect(Set(edit.keys) == ["services", "position", "file", "line", "copy", "write"])
    }
    #expect((report["notes"] as? [[String: Any]])?.isEmpty ?? false)
    #expect(services.map { $0["file"] as? String }.contains("/etc/pam.d/cron"))
  }

  @Test func namesBothPlacesOfAFinding() throws {
    try machine.write(
      "session optional pam_session_keyring.so\nsession optional pam_keyinit.so force\n",
      to: "etc/pam.d/login")
    let report = try report(on: ["login"])
    let service = try #require((report["services"] as? [[String: Any]])?.first)
    let finding = try #require((service["findings"] as? [[String: Any]])?.first)
    #expect(finding["kind"] as? String == "discards")
    #expect(finding["line"] as? Int == 2)
    let related = try #require(finding["related"] as? [String: Any])
    #expect(related["file"] as? String == "/etc/pam.d/login")
    #expect(related["line"] as? Int == 1)
  }
}

extension ConfigurationFixture {
  /// Services of four verdicts.
  func writeServices() throws {
    try write("session optional pam_keyinit.so force revoke\n", to: "etc/pam.d/sshd")
    try write("session optional pam_keyinit.so revoke\n", to: "etc/pam.d/runuser")
    try write("session required pam_permit.so\n", to: "etc/pam.d/cron")
    try write("session required pam_permit.so \\\n", to: "etc/pam.d/broken")
  }
}
