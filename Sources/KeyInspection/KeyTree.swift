// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings

/// A key and, if it is a keyring, all that is linked in it.
public struct KeyTree {
  public let serial: KeySerial
  /// What keyctl_describe(3) returns for it, or its error.
  public let description: Result<KeyDescription, Errno>
  /// What it links, in the kernel's order, or the error of keyctl_read(3). Not more than the first 64.
  public let links: Result<[KeyTree], Errno>
  /// How many links there are.
  public let linkCount: Int

  /// The kernel lets keyrings nest six deep; what is linked in very many places is shown in part.
  private static let depthLimit = 8
  private static let linkLimit = 64
  private static let lineLimit = 256

  /// Describes a key by its serial and follows its links, keyctl_read(3); nothing is installed. Nil if the
  /// kernel's text is not as documented.
  public init?(of key: KeySerial) {
    var lines = 0
    self.init(of: key, depth: 0, lines: &lines)
  }

  /// `lines` counts what it takes to print the tree, one line a key.
  private init?(of key: KeySerial, depth: Int, lines: inout Int) {
    guard lines < Self.lineLimit else { return nil }
    serial = key
    do throws(Errno) {
      guard let described = try KeyDescription(of: key) else { return nil }
      description = .success(described)
      lines += 1
      guard described.type == "keyring", depth < Self.depthLimit else {
        (links, linkCount) = (.success([]), 0)
        return
      }
    } catch {
      lines += 1
      (description, links, linkCount) = (.failure(error), .success([]), 0)
      return
    }
    do throws(Errno) {
      let serials = try key.links()
      var trees: [KeyTree] = []
      for link in serials.prefix(Self.linkLimit) {
        KeyTree(of: link, depth: depth + 1, lines: &lines).map { trees.append($0) }
      }
      if serials.count > Self.linkLimit { lines += 1 }
      (links, linkCount) = (.success(trees), serials.count)
    } catch {
      lines += 1
      (links, linkCount) = (.failure(error), 0)
    }
  }

  /// How many links are left out.
  public var omittedCount: Int { max(0, linkCount - Self.linkLimit) }
}
