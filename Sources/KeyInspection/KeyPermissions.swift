// SPDX-License-Identifier: BSD-3-Clause

/// Who may do what with a key, keyctl_setperm(3).
public struct KeyPermissions: Equatable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private static let words = ["view", "read", "write", "search", "link", "setattr"]

  /// `possessor: view read ...; user: ...`, without those who may do nothing.
  public var text: String {
    let texts = [("possessor", 24), ("user", 16), ("group", 8), ("other", 0)].compactMap {
      (who, shift) -> String? in
      let bits = rawValue >> UInt32(shift)
      let granted = Self.words.indices.filter { bits >> UInt32($0) & 1 == 1 }.map { Self.words[$0] }
      return granted.isEmpty
        ? nil
        : "\(who): \(granted.count == Self.words.count ? "all" : granted.joined(separator: " "))"
    }
    return texts.isEmpty ? "none" : texts.joined(separator: "; ")
  }

  /// Whether the owner finds the key without possessing it.
  var letsOwnerSearch: Bool { rawValue >> 16 & 8 != 0 }

  /// What a possessor may do who is the owner, of the group or neither: as keyctl(1) shows it, `--alswrv`.
  public func mask(isOwner: Bool, isOfGroup: Bool) -> String {
    let bits = rawValue >> 24 | rawValue >> (isOwner ? 16 : isOfGroup ? 8 : 0)
    return "--"
      + zip("alswrv", (0..<6).reversed()).map { letter, bit in
        bits >> UInt32(bit) & 1 == 1 ? String(letter) : "-"
      }.joined()
  }
}
