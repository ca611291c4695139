// SPDX-License-Identifier: BSD-3-Clause

/// What libpam makes of a service's files, as far as advice needs it.
struct ServiceReading {
  let session: [Handler]
  let auth: [Handler]
  /// Whether the session lines are those of `other`.
  let usesOther: Bool
  /// All files that were read.
  let files: Set<String>
  /// Whether a line of them could not be used.
  let hasErrors: Bool
  /// Why the stacks are not known, where libpam's versions differ; empty where libpam refuses the service.
  let obstacle: SyntaxError?
  let isRefused: Bool

  init(_ service: String, in files: FileTree, steps: StepCount) {
    var reader = StackReader(files, steps: steps)
    do {
      try reader.read(service: service)
      obstacle = nil
    } catch {
      obstacle = error
    }
    isRefused = reader.isRefused
    usesOther = reader.usesOther(for: service)
    (session, auth) = (reader.session, reader.auth)
    hasErrors = !reader.errors.isEmpty
    self.files = reader.filesRead
  }

  var isUsable: Bool { obstacle == nil && !isRefused }
}
