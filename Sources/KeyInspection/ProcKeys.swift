// SPDX-License-Identifier: BSD-3-Clause

public import LinuxKeyrings

/// A keyring that the process may view, with what /proc/keys and the kernel say of it.
public struct ProcKeysEntry: Equatable, Sendable {
  public let serial: KeySerial
  /// As the kernel describes it, or as its row has it where the kernel does not.
  public let name: [UInt8]
  /// What keyctl_describe(3) returns for it, or its error, such as EKEYREVOKED.
  public let description: Result<KeyDescription, Errno>

  /// All keyrings in /proc/keys, proc(5).
  ///
  /// Anybody may give a keyring a name with a line break in it and let others view it: then a part of
  /// the name looks like a row. So of a row only its serial is believed, and the kernel is asked about
  /// that, which installs nothing.
  public static func all() throws(InspectionError) -> [ProcKeysEntry] {
    let lines = try ProcFile.contents("/proc/keys").split(separator: UInt8(ascii: "\n"))
    return lines.compactMap { ProcKeysRow($0).flatMap(ProcKeysEntry.init) }
  }

  /// Asks about a row's serial; nil if that is no keyring.
  private init?(_ row: ProcKeysRow) {
    serial = row.serial
    do throws(Errno) {
      guard let keyring = try KeyDescription(of: row.serial), keyring.type == "keyring" else {
        return nil
      }
      (name, description) = (keyring.name, .success(keyring))
    } catch {
      (name, description) = (row.name, .failure(error))
    }
  }

  /// Whether it is this one of this user's own keyrings, usable or revoked or expired.
  public func isKernelCreated(_ keyring: UserKeyring, of user: UInt32) -> Bool {
    switch description {
    case .success(let known):
      known.user == user && known.origin == .kernelCreated(keyring, of: user)
    case .failure(.keyRevoked), .failure(.keyExpired): name == keyring.name(of: user)
    case .failure: false
    }
  }
}

/// A row of /proc/keys about a keyring.
struct ProcKeysRow: Equatable {
  let serial: KeySerial
  let name: [UInt8]

  /// Reads `SERIAL FLAGS USAGE EXPIRY PERMISSIONS UID GID TYPE NAME: LINKS`; nil for a key of another
  /// type.
  init?(_ row: some Sequence<UInt8>) {
    let space = UInt8(ascii: " ")
    let fields = Array(row).split(separator: space, maxSplits: 8)
    guard fields.count == 9, fields[7].elementsEqual("keyring".utf8),
      let serial = UInt32(String(decoding: fields[0], as: UTF8.self), radix: 16)
    else { return nil }
    self.serial = KeySerial(rawValue: Int32(truncatingIfNeeded: serial))
    let text = fields[8].drop { $0 == space }
    // After the name the kernel writes how many links there are, but for a keyring that it has emptied.
    let end = text.lastIndex(of: UInt8(ascii: ":")) ?? text.endIndex
    let isCounted = text[end...].allSatisfy(": empty0123456789".utf8.contains)
    name = Array(isCounted ? text[..<end] : text)
  }
}
