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
  private(set) var links = UserKeyringSet.userSessionAndUser
  /// Whether the line names what is linked, rather than leave it to the default.
  private(set) var namesLinks = false

  /// Reads the line. An invalid argument goes to `complain`, and the safer reading is taken.
  init(_ arguments: ModuleArguments, complain: (Message, ModuleArgument) -> Void) {
    for argument in arguments {
      var complaint: Message?
      switch argument {
      case "force": flags.formUnion(.force)
      case "inherit": flags.formUnion(.inherit)
      case "revoke": flags.formUnion(.revoke)
      case "debug": flags.formUnion(.debug)
      default:
        if let value = argument.value(after: "join=") {
          name = unsafe KeyringName(value.text)
          if name == nil { complaint = .invalidName }
        } else if let list = argument.value(after: "link=") {
          let links = UserKeyringSet(list)
          if links == nil { complaint = .invalidList }
          self.links = links ?? .userSessionAndUser
          namesLinks = links != nil
        } else {
          complaint = .unknownArgument
        }
      }
      if let complaint { complain(complaint, argument) }
    }
    if flags.isSuperset(of: .force.union(.inherit)) {
      complain(.conflictsWithForce, "inherit")
      flags.subtract(.inherit)
    }
    guard name != nil else { return }
    // Both would reach into the user's other logins: they would end, or find the invoker's keys.
    if flags.contains(.revoke) {
      complain(.conflictsWithJoin, "revoke")
      flags.subtract(.revoke)
    }
    if links.contains(.invoker) {
      complain(.conflictsWithJoin, "link=invoker")
      links.subtract(.invoker)
    }
  }
}

extension UserKeyringSet {
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
      case "invoker": formUnion(.invoker)
      default: return nil
      }
      rest = following
    }
  }
}
