// SPDX-License-Identifier: BSD-3-Clause

import CCensus
import KeyInspection
import Testing

@testable import ProcessCensus

/// From the kernel's rows to the groups that are shown.
struct CensusTests {
  private func row(_ change: (inout census_row) -> Void, name: String = "") -> [UInt8] {
    var row = census_row()
    change(&row)
    row.name_length = UInt32(name.isEmpty ? 0 : name.utf8.count + 1)
    return withUnsafeBytes(of: &row) { Array($0) } + (name.isEmpty ? [] : Array(name.utf8) + [0])
  }

  @Test func rowsAreReadOneAfterTheOther() {
    let bytes =
      row(
        {
          ($0.process, $0.thread, $0.parent, $0.user, $0.effective_user) = (5, 6, 4, 1000, 0)
          ($0.login_user, $0.cgroup, $0.serial, $0.owner, $0.group) = (1001, 9, -3, 1002, .max)
          ($0.permissions, $0.flags, $0.expiry) = (0x3f03_0000, 512, 77)
          ($0.command.0, $0.command.1) = (98, 10)
        }, name: "_ses")
      + row { ($0.process, $0.thread, $0.login_user, $0.user) = (8, 8, .max, 1) }
    #expect(
      CensusTask.all(in: bytes) == [
        CensusTask(
          process: 5, thread: 6, parent: 4, user: 1000, effectiveUser: 0, loginUser: 1001,
          command: [98, 10], controlGroup: 9,
          keyring: keyring(-3, of: 1002, group: .max, flags: 512, expiry: 77)),
        CensusTask(process: 8, parent: 0, user: 1, effectiveUser: 0),
      ])
  }

  @Test func rowsThatAreCutShortAreNotBelieved() {
    let bytes = row({ $0.serial = 1 }, name: "_ses")
    #expect(CensusTask.all(in: bytes)?.count == 1)
    for length in 1..<bytes.count { #expect(CensusTask.all(in: Array(bytes[..<length])) == nil) }
    #expect(CensusTask.all(in: []) == [])
  }

  private func entries(_ tasks: [CensusTask], units: [UInt64: SystemdUnit] = [:]) -> [CensusEntry] {
    CensusEntry.all(tasks, units: units, at: 100)
  }

  @Test func groupsComeWithTheLargestConcernFirst() {
    let bob = CensusTask(process: 9, user: 1001, keyring: keyring(3, of: 0))
    let tasks = [
      CensusTask(process: 1, user: 0), CensusTask(process: 4, user: 1000, keyring: keyring(5)),
      CensusTask(process: 2, user: 0), bob, CensusTask(process: 3, user: 1000, keyring: keyring(8)),
      CensusTask(process: 7, user: 1000, keyring: keyring(8)),
      CensusTask(process: 7, thread: 8, user: 1000, keyring: keyring(8)),
    ]
    let groups = CensusGroup.all(entries(tasks))
    #expect(groups.map(\.first.state) == [.foreign, .none, .explicit, .explicit])
    #expect(groups.map { $0.entries.map(\.task.thread) } == [[9], [1, 2], [3, 7, 8], [4]])
  }

  @Test func processesAreApartWhereUserLoginOrUnitDiffer() {
    let units = [UInt64(1): SystemdUnit(controlGroup: Array("/system.slice/a.service".utf8))]
    let tasks = [
      CensusTask(process: 1, user: 0), CensusTask(process: 2, user: 0, loginUser: 0),
      CensusTask(process: 3, user: 0, controlGroup: 1), CensusTask(process: 4, user: 2),
      CensusTask(process: 5, user: 0, controlGroup: 2),
    ]
    let groups = CensusGroup.all(entries(tasks, units: units))
    #expect(groups.map { $0.entries.map(\.task.process) } == [[1, 5], [2], [3], [4]])
  }

  @Test func aLoginHasALoginUIDOrIsInAUsersSlice() {
    let units = [UInt64(1): SystemdUnit(controlGroup: Array("/user.slice/user-1.slice".utf8))]
    let tasks = [
      CensusTask(process: 1, user: 0), CensusTask(process: 2, user: 0, loginUser: 0),
      CensusTask(process: 3, user: 0, controlGroup: 1),
    ]
    #expect(entries(tasks, units: units).map(\.isOfLogin) == [false, true, true])
  }
}
