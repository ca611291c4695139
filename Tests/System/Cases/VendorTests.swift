// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import SystemHarness
import Testing

/// vendor.sh puts the library with its sum in place, or none.
struct VendorTests {
  private static let library = PAMFixture.root.appending(path: "vendor/swift-argument-parser").path

  /// Runs vendor.sh on a local repository, whose tag is the library after this change. `$kept` is where
  /// the library is to be put.
  private func vendor(after change: String, then check: String) throws -> Transcript {
    let script = """
      work=$(mktemp -d)
      trap 'rm -rf "$work"' EXIT
      exec 2>&1
      kept=$work/vendor/swift-argument-parser repository=$work/repository
      cp -R "$1" "$repository"
      cd "$repository"
      version=$(sed -n 's/^version=//p' "$0")
      \(change)
      git init --quiet
      git add --all --force
      git -c user.name=test -c user.email=test@example.org commit --quiet --message test
      git tag "$version"
      cd "$work"
      status=0
      "$0" "$work/vendor" "file://$repository" || status=$?
      \(check)
      exit $status
      """
    return try PAMFixture().run(
      "/bin/sh", ["-euc", script, PAMFixture.root.appending(path: "vendor.sh").path, Self.library],
      environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func takesTheLibrary() throws {
    let transcript = try vendor(after: "", then: #"diff -r "$1" "$kept""#)
    #expect(transcript.description == "")
    #expect(transcript.exitStatus == 0)
  }

  @Test func fetchesItOnlyWhereItIsMissingOrChanged() throws {
    let transcript = try vendor(
      after: "",
      then: #"""
        "$0" "$work/vendor" file:///nonexistent
        echo >>"$kept/README.md"
        "$0" "$work/vendor" "file://$repository"
        diff -r "$1" "$kept"
        """#)
    #expect(transcript.description == "")
    #expect(transcript.exitStatus == 0)
  }

  @Test(arguments: [
    "sed -i '1s/6/5/' Package.swift",
    "printf x >>README.md",
    "cp Package.swift Package@swift-6.0.swift",
    "mv Sources/ArgumentParser/Utilities Sources/ArgumentParser/Other",
    "rm LICENSE.txt",
    "ln -sf /etc/hostname README.md",
    "ln -s ../Package.swift Sources/Link.swift",
  ])
  func refusesAnother(change: String) throws {
    let transcript = try vendor(
      after: "mkdir -p \"$kept\"; cp Package.swift \"$kept\"; \(change)",
      then: #"[ -e "$kept" ] || echo nothing in place"#)
    #expect(transcript.exitStatus == 1)
    #expect(transcript.description.hasPrefix("refusing swift-argument-parser "))
    #expect(transcript.description.matches(of: /[0-9a-f]{64}/).count == 2)
    #expect(transcript.description.hasSuffix("nothing in place\n"))
  }
}
