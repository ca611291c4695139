// SPDX-License-Identifier: BSD-3-Clause

internal import CCensus
internal import KeyInspection

extension CensusTask {
  /// Reads the rows that the kernel's program wrote, one after the other; nil if they are cut short.
  static func all(in bytes: [UInt8]) -> [CensusTask]? {
    var tasks: [CensusTask] = []
    // The same names come time after time.
    let isRead = unsafe bytes.withUnsafeBytes { bytes in
      var position = 0
      while position < bytes.count {
        guard bytes.count - position >= MemoryLayout<census_row>.size else { return false }
        // SAFETY: so many bytes are there, and any bytes are a row.
        let row = unsafe bytes.loadUnaligned(fromByteOffset: position, as: census_row.self)
        position += MemoryLayout<census_row>.size
        guard bytes.count - position >= Int(row.name_length) else { return false }
        let name = unsafe bytes[position..<position + Int(row.name_length)]
        tasks.append(unsafe CensusTask(row, name: Array(name.dropLast())))
        position += Int(row.name_length)
      }
      return true
    }
    return isRead ? tasks : nil
  }

  private init(_ row: census_row, name: [UInt8]) {
    var command = row.command
    let bytes = unsafe withUnsafeBytes(of: &command) { unsafe Array($0.prefix { $0 != 0 }) }
    self.init(
      process: row.process, thread: row.thread, parent: row.parent, user: row.user,
      effectiveUser: row.effective_user, loginUser: row.login_user == .max ? nil : row.login_user,
      command: bytes, controlGroup: row.cgroup,
      keyring: row.serial == 0
        ? nil
        : CensusKeyring(
          serial: row.serial, user: row.owner, group: row.group,
          permissions: KeyPermissions(rawValue: row.permissions), name: name, flags: row.flags,
          expiry: row.expiry))
  }
}
