// SPDX-License-Identifier: BSD-3-Clause

/// The version of the module and the program, which go together. The Makefile reads it here; the changelogs
/// are held against it by a test.
enum Version {
  static let text = "0.1.0"
}
