// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import ProcessCensus

/// Who opened a session for user 1000, in keyring 7 of that user.
struct SessionOpenersTests {
  private static let shell = CensusTask(process: 30, parent: 20, user: 1000, keyring: keyring())

  private func root(_ process: Int32, parent: Int32 = 1, thread: Int32? = nil, serial: Int32 = 7)
    -> CensusTask
  {
    CensusTask(process: process, thread: thread, parent: parent, user: 0, keyring: keyring(serial))
  }

  private func openers(_ tasks: [CensusTask]) -> [Int32] {
    let openers = SessionOpeners(among: tasks)
    return tasks.filter(openers.contains).map(\.thread)
  }

  @Test func theParentThatRunsAsRoot() {
    #expect(openers([root(20), Self.shell]) == [20])
  }

  /// sudo has its monitor between itself and the command.
  @Test func theParentsParentToo() {
    #expect(openers([root(10), root(20, parent: 10), Self.shell]) == [10, 20])
    #expect(
      openers([root(9, serial: 6), root(10, parent: 9), root(20, parent: 10), Self.shell]) == [
        10, 20,
      ])
  }

  /// atd's real uid is 1, that of `su` the caller's.
  @Test func whoIsRootByTheEffectiveUIDAlone() {
    let at = CensusTask(process: 20, user: 1, effectiveUser: 0, keyring: keyring())
    #expect(openers([at, Self.shell]) == [20])
    let program = CensusTask(process: 20, user: 0, effectiveUser: 1, keyring: keyring())
    #expect(openers([program, Self.shell]).isEmpty)
  }

  @Test func theThreadThatHasTheKeyring() {
    #expect(openers([root(20, serial: 6), root(20, thread: 21), Self.shell]) == [21])
    #expect(openers([root(20), root(20, thread: 21, serial: 6), Self.shell]) == [20])
  }

  /// As sudo without a module has it: a command that runs as root in the invoker's session keyring.
  @Test func notWhatTheUserStarted() {
    #expect(openers([root(20), Self.shell, root(40, parent: 30), root(50, parent: 40)]) == [20])
  }

  @Test func notInAnotherKeyringAndNotWithoutAProcessOfTheOwners() {
    #expect(openers([root(20, serial: 6), Self.shell]).isEmpty)
    #expect(openers([root(20)]).isEmpty)
    #expect(
      openers([root(20), CensusTask(process: 30, parent: 20, user: 1001, keyring: keyring())])
        .isEmpty)
  }

  /// The numbers may come from before and after a parent's end: they need not be a tree.
  @Test func numbersThatGoInACircleComeToAnEnd() {
    #expect(openers([root(20, parent: 21), root(21, parent: 20), Self.shell]) == [20, 21])
  }
}
