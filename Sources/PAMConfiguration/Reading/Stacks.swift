// SPDX-License-Identifier: BSD-3-Clause

/// The stacks of modules of one service, or of `other`.
struct Stacks {
  private(set) var session: [Handler] = []
  private(set) var auth: [Handler] = []

  mutating func add(_ handler: Handler, to type: ModuleType) {
    switch type {
    case .session: session.append(handler)
    case .auth: auth.append(handler)
    case .account, .password: break
    }
  }

  var count: Int { session.count + auth.count }
}
