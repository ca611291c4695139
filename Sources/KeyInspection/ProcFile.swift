// SPDX-License-Identifier: BSD-3-Clause

internal import SystemText

/// A file below /proc, proc(5).
enum ProcFile {
  /// All bytes of it. Throws `masked` if something else than a file is there.
  static func contents(_ path: String) throws(InspectionError) -> [UInt8] {
    do throws(ReadError) {
      return try SmallFile.contents(at: path)
    } catch {
      throw error.cause == .notRegular ? .masked(path) : .unreadable(error)
    }
  }

  static func lines(_ path: String) throws(InspectionError) -> [String] {
    String(decoding: try contents(path), as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
