// SPDX-License-Identifier: BSD-3-Clause

/// A keyring that the process may know of: a row of /proc/keys.
struct KnownKeyring: Equatable {
  let serial: Int32
  let owner: UInt32
  let name: String

  /// Reads a row, `SERIAL FLAGS USAGE EXPIRY PERMISSIONS UID GID TYPE NAME: LINKS`; nil if it is none of a
  /// keyring.
  init?(_ row: String) {
    let fields = row.split(separator: " ", maxSplits: 8).map(String.init)
    guard fields.count == 9, fields[7] == "keyring", let serial = UInt32(fields[0], radix: 16),
      let owner = UInt32(fields[5])
    else { return nil }
    self.serial = Int32(truncatingIfNeeded: serial)
    self.owner = owner
    let text = fields[8].drop { $0 == " " }
    // The kernel tells behind the name how many links there are, but for a keyring that it has emptied.
    let end = text.lastIndex(of: ":") ?? text.endIndex
    let isCounted = text[end...].allSatisfy { ": empty0123456789".contains($0) }
    name = String(isCounted ? text[..<end] : text)
  }

  /// All that are to be seen, /proc/keys.
  static var all: [KnownKeyring] { ProcFile.lines("/proc/keys").compactMap(KnownKeyring.init) }
}
