// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings

/// A keyring that the process may see, /proc/keys.
struct KnownKeyring: Equatable {
  let serial: KeySerial
  /// As its row has it, or the kernel where it is to be described.
  let name: [UInt8]
  /// What the kernel says of it; why it says nothing, such as EKEYREVOKED.
  let description: Result<KeyDescription, Errno>

  /// All that are to be seen.
  ///
  /// Anybody may give a keyring a name with a line break in it and let others see it: then a part of
  /// the name looks like a row. So a row is believed its serial alone, and the kernel is asked about
  /// that, which installs nothing.
  static func all() throws(Unavailable) -> [KnownKeyring] {
    let lines = try ProcFile.contents("/proc/keys").split(separator: UInt8(ascii: "\n"))
    return lines.compactMap { KeyringRow($0).flatMap(KnownKeyring.init) }
  }

  /// Asks about a row's serial; nil if that is no keyring.
  private init?(_ row: KeyringRow) {
    serial = row.serial
    do throws(Errno) {
      guard let known = try KeyDescription(of: row.serial), known.type == "keyring" else {
        return nil
      }
      (name, description) = (known.name, .success(known))
    } catch {
      (name, description) = (row.name, .failure(error))
    }
  }

  /// Whether it is this one of this user's, in use or at its end.
  func isKernels(_ keyring: UsersKeyring, of user: UInt32) -> Bool {
    switch description {
    case .success(let known):
      known.user == user && known.standing == .kernels(keyring, of: user)
    case .failure(.keyRevoked), .failure(.keyExpired): name == keyring.name(of: user)
    case .failure: false
    }
  }
}

/// A row of /proc/keys about a keyring.
struct KeyringRow: Equatable {
  let serial: KeySerial
  let name: [UInt8]

  /// Reads `SERIAL FLAGS USAGE EXPIRY PERMISSIONS UID GID TYPE NAME: LINKS`; nil if it is none of a
  /// keyring.
  init?(_ row: some Sequence<UInt8>) {
    let space = UInt8(ascii: " ")
    let fields = Array(row).split(separator: space, maxSplits: 8)
    guard fields.count == 9, fields[7].elementsEqual("keyring".utf8),
      let serial = UInt32(String(decoding: fields[0], as: UTF8.self), radix: 16)
    else { return nil }
    self.serial = KeySerial(rawValue: Int32(truncatingIfNeeded: serial))
    let text = fields[8].drop { $0 == space }
    // The kernel tells behind the name how many links there are, but for a keyring that it has emptied.
    let end = text.lastIndex(of: UInt8(ascii: ":")) ?? text.endIndex
    let isCounted = text[end...].allSatisfy(": empty0123456789".utf8.contains)
    name = Array(isCounted ? text[..<end] : text)
  }
}
