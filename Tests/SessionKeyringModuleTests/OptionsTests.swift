// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import LinuxKeyrings
import LinuxPAM
import Testing

@testable import SessionKeyringModule

/// Runs `body` on what the module reads from a line, and on what it has to say against it.
func withOptions(_ words: [String], _ body: (Options, [String]) -> Void) {
  var vector = unsafe words.map { unsafe UnsafePointer(strdup($0)) as UnsafePointer<CChar>? }
  defer { for word in unsafe vector { unsafe free(UnsafeMutablePointer(mutating: word)) } }
  unsafe vector.withUnsafeMutableBufferPointer { vector in
    var complaints: [String] = []
    let options = Options(
      unsafe ModuleArguments(count: CInt(words.count), vector: vector.baseAddress)
    ) { complaint, argument in
      complaints.append(unsafe String(cString: argument.text))
    }
    body(options, complaints)
  }
}

struct OptionsTests {
  struct Case: CustomTestStringConvertible {
    let words: [String]
    var flags = Options.Flags()
    var hasName = false
    var links = UserKeyringSet.userSessionAndUser
    var complaints: [String] = []
    var testDescription: String { "\(words)" }
  }

  static let cases = [
    Case(words: []),
    Case(words: ["force"], flags: .force),
    Case(words: ["force", "revoke", "debug"], flags: [.force, .revoke, .debug]),
    Case(words: ["inherit", "revoke"], flags: [.inherit, .revoke]),
    Case(words: ["debug", "debug"], flags: .debug),
    Case(words: ["join=shared"], hasName: true),
    Case(words: ["join=a", "join=b"], hasName: true),
    Case(words: ["join="], complaints: ["join="]),
    Case(words: ["join=.x"], complaints: ["join=.x"]),
    Case(words: ["join=_uid.0"], complaints: ["join=_uid.0"]),
    Case(words: ["join=a", "join="], complaints: ["join="]),
    Case(words: ["link=none"], links: .none),
    Case(words: ["link=user"], links: .user),
    Case(words: ["link=user-session"], links: .userSession),
    Case(words: ["link=persistent,user"], links: .user.union(.persistent)),
    Case(words: ["link=user,user"], links: .user),
    Case(words: ["link=invoker,user"], links: .user.union(.invoker)),
    Case(
      words: ["join=a", "link=invoker,user"], hasName: true, links: .user,
      complaints: ["link=invoker"]),
    Case(words: ["link="], complaints: ["link="]),
    Case(words: ["link=users"], complaints: ["link=users"]),
    Case(words: ["link=user;persistent"], complaints: ["link=user;persistent"]),
    Case(words: ["link=,user"], complaints: ["link=,user"]),
    Case(words: ["link=none,none"], complaints: ["link=none,none"]),
    Case(words: ["force", "inherit"], flags: .force, complaints: ["inherit"]),
    Case(words: ["inherit", "force"], flags: .force, complaints: ["inherit"]),
    Case(words: ["revoke", "join=a"], hasName: true, complaints: ["revoke"]),
    Case(words: ["join=a", "revoke"], hasName: true, complaints: ["revoke"]),
    Case(words: ["join=", "revoke"], flags: .revoke, complaints: ["join="]),
    Case(words: ["", "x", "FORCE"], complaints: ["", "x", "FORCE"]),
    Case(words: ["force "], complaints: ["force "]),
  ]

  @Test(arguments: cases)
  func readsTheLine(_ row: Case) {
    withOptions(row.words) { options, complaints in
      #expect(options.flags == row.flags)
      #expect((options.name != nil) == row.hasName)
      #expect(options.links == row.links)
      let named = row.words.contains { $0.hasPrefix("link=") && !row.complaints.contains($0) }
      #expect(options.namesLinks == named)
      #expect(complaints == row.complaints)
    }
  }
}
