// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import Foundation
import LinuxKeyrings
import LinuxPAM
import Testing

@testable import SessionKeyringModule

/// The manual page tells of every argument, result and log line that the module has, and of no other.
struct ManualTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL
  private let page: String
  private let code: String

  init() throws {
    func contents(_ path: String) throws -> String {
      try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }
    page = try contents("man/pam_session_keyring.8.scd").replacing("\\_", with: "_")
    let module = "Sources/SessionKeyringModule"
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: module).path)
    code = try files.filter { $0.hasSuffix(".swift") }.map { try contents("\(module)/\($0)") }
      .joined()
  }

  /// The text below a heading.
  private func section(_ title: String) throws -> Substring {
    let start = try #require(page.range(of: "\n# \(title)\n")).upperBound
    return page[start...].prefix(
      upTo: page[start...].range(of: "\n# ")?.lowerBound ?? page.endIndex)
  }

  /// What stands in bold before its explanation.
  private func items(_ title: String) throws -> Set<String> {
    Set(try section(title).matches(of: #/\n\t?\*([^*]+)\*(?=[:_\n])/#).map { String($0.1) })
  }

  @Test func tellsOfEachArgument() throws {
    let words = code.matches(of: #/case "([a-z-]+)":/#).map { String($0.1) }
    let taken = code.matches(of: #/value\(after: "([a-z]+=)"\)/#).map { String($0.1) }
    #expect((words.count, taken.count) == (8, 2), "the code was read")
    #expect(try items("ARGUMENTS") == Set(words + taken))
  }

  @Test func itsExamplesAreAccepted() throws {
    let lines = page.matches(of: #/pam_session_keyring\.so +([a-z][^*\n]*)/#).map {
      $0.1.split(separator: " ").map(String.init)
    }
    #expect(lines.count == 4)
    for line in lines {
      withOptions(line) { _, complaints in #expect(complaints == [], "\(line)") }
    }
  }

  /// The steps in a row; a new one does not compile before it has its place here.
  private func step(after step: Failure.Step) -> Failure.Step? {
    switch step {
    case .lookUpUser: .storeData
    case .storeData: .probe
    case .probe: .inspect
    case .inspect: .borrow
    case .borrow: .join
    case .join: .link
    case .link: .leave
    case .leave: .restore
    case .restore: .revoke
    case .revoke: nil
    }
  }

  private var steps: [Failure.Step] {
    Array(sequence(first: .lookUpUser, next: step(after:)))
  }

  @Test func tellsOfEachResult() throws {
    let calls: [ServiceFunction] = [
      .open, .close, .establishCredentials, .keepCredentials, .deleteCredentials,
    ]
    var results: Set<CInt> = [PAM_SUCCESS, pam_sm_authenticate(nil, 0, 0, nil)]
    for call in calls {
      for step in steps {
        let failure =
          switch step {
          case .lookUpUser, .storeData: Failure(step, PAMResult.userUnknown)
          default: Failure(step, Errno.notPermitted)
          }
        results.insert(failure.result(otherwise: call.error).rawValue)
      }
    }
    let names = [
      PAM_SUCCESS: "PAM_SUCCESS", PAM_SESSION_ERR: "PAM_SESSION_ERR",
      PAM_CRED_ERR: "PAM_CRED_ERR", PAM_USER_UNKNOWN: "PAM_USER_UNKNOWN",
      PAM_ABORT: "PAM_ABORT", PAM_IGNORE: "PAM_IGNORE",
    ]
    #expect(try items("RETURN VALUES") == Set(results.map { names[$0] ?? "PAM result \($0)" }))
  }

  @Test func tellsOfEachLogLine() throws {
    let told = try section("LOGGING").matches(of: #/\s_([a-z][^_\n]+)_(?=[,: ])/#).map {
      String($0.1)
    }
    let logged = Message.allCases.map { unsafe String(cString: $0.text.pointer) }
    #expect(told.sorted() == logged.sorted())
  }
}
