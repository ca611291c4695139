// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import LinuxPAM

/// What the module's line in the service file asks for.
struct Options {
  /// The arguments that are a word.
  struct Flags: OptionSet {
    let rawValue: UInt8

    static var force: Flags { Flags(rawValue: 1) }
    static var inherit: Flags { Flags(rawValue: 2) }
    static var revoke: Flags { Flags(rawValue: 4) }
    static var debug: Flags { Flags(rawValue: 8) }
  }

  private(set) var flags = Flags(rawValue: 0)
  /// The named session keyring to join; nil for an anonymous one.
  private(set) var name: KeyringName?
  private(set) var links = UserKeyrings.userSessionAndUser

  /// Reads the line. What is wrong in it goes to `complain`, and the safer reading is taken.
  init(_ arguments: ModuleArguments, complain: (CLiteral, ModuleArgument) -> Void) {
    for argument in arguments {
      var complaint: CLiteral?
      switch argument {
      case "force": flags.formUnion(.force)
      case "inherit": flags.formUnion(.inherit)
      case "revoke": flags.formUnion(.revoke)
      case "debug": flags.formUnion(.debug)
      default:
        if let value = argument.value(after: "join=") {
          name = unsafe KeyringName(value.text)
          if name == nil { complaint = "not a keyring's name" }
        } else if let list = argument.value(after: "link=") {
          let links = UserKeyrings(list)
          if links == nil { complaint = "not a list of keyrings" }
          self.links = links ?? .userSessionAndUser
        } else {
          complaint = "unknown argument"
        }
      }
      if let complaint { complain(complaint, argument) }
    }
    if flags.isSuperset(of: .force.union(.inherit)) {
      complain("contradicts force", "inherit")
      flags.subtract(.inherit)
    }
    if flags.contains(.revoke), name != nil {
      complain("contradicts join=", "revoke")
      flags.subtract(.revoke)
    }
  }
}

extension UserKeyrings {
  /// The keyrings of a comma-separated list, or `none`; nil if anything in it is wrong.
  init?(_ list: ModuleArgument) {
    self = .none
    if case "none" = list { return }
    var rest: ModuleArgument? = list
    while let (item, following) = rest?.firstItem {
      switch item {
      case "user-session": formUnion(.userSession)
      case "user": formUnion(.user)
      case "persistent": formUnion(.persistent)
      default: return nil
      }
      rest = following
    }
  }
}
