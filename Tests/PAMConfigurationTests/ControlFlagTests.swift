// SPDX-License-Identifier: BSD-3-Clause

import CLinuxPAM
import Testing

@testable import PAMConfiguration

struct ControlFlagTests {
  @Test func returnCodesHaveTheirNumbers() {
    let numbers: [String: CInt] = [
      "success": PAM_SUCCESS, "perm_denied": PAM_PERM_DENIED, "user_unknown": PAM_USER_UNKNOWN,
      "new_authtok_reqd": PAM_NEW_AUTHTOK_REQD, "session_err": PAM_SESSION_ERR,
      "cred_err": PAM_CRED_ERR, "authtok_disable_aging": PAM_AUTHTOK_DISABLE_AGING,
      "ignore": PAM_IGNORE, "abort": PAM_ABORT, "module_unknown": PAM_MODULE_UNKNOWN,
      "incomplete": PAM_INCOMPLETE,
    ]
    for (name, number) in numbers {
      #expect(ReturnCode(named: Array(name.utf8))?.rawValue == Int(number), "\(name)")
    }
    #expect(ReturnCode.all.count == Int(PAM_INCOMPLETE) + 1)
  }

  private func flag(_ text: String) -> ControlFlag? { ControlFlag(Array(text.utf8)) }

  @Test func namesWhatItNamesAndElseIsBad() throws {
    let control = try #require(flag("success=ok ignore=ignore user_unknown=3 default=die"))
    #expect(control[.success] == .ok)
    #expect(control[.ignore] == .ignore)
    #expect(control[ReturnCode(rawValue: Int(PAM_USER_UNKNOWN))] == .jump(3))
    #expect(control[.sessionError] == .die)
    #expect(try #require(flag("success=ok"))[.ignore] == .bad)
  }

  @Test func defaultIsForWhatNoWordBeforeItNames() throws {
    let control = try #require(flag("success=done default=ignore session_err=reset"))
    #expect(control[.success] == .done)
    #expect(control[.sessionError] == .reset)
    #expect(control[.moduleUnknown] == .ignore)
  }

  @Test(arguments: [" success = ok\tdefault =bad ", "success=okdefault=bad"])
  func spaceIsFree(text: String) throws {
    #expect(try #require(flag(text))[.success] == .ok)
  }

  @Test(arguments: [
    "ok", "success", "success=", "success=0", "success=-1", "success=maybe", "nonsense=ok", "=ok",
    "success=ok nonsense=ok", "success=ok =", "success=99999999999999999999",
  ])
  func refusesWhatLibpamCannotRead(text: String) { #expect(flag(text) == nil) }

  @Test func nothingAtAllIsBad() throws {
    #expect(try #require(flag("")) == .unreadable)
  }

  @Test func wordsAreWhatTheManualPageSays() throws {
    #expect(.required == flag("success=ok new_authtok_reqd=ok ignore=ignore default=bad"))
    #expect(.requisite == flag("success=ok new_authtok_reqd=ok ignore=ignore default=die"))
    #expect(.sufficient == flag("success=done new_authtok_reqd=done default=ignore"))
    #expect(.optional == flag("success=ok new_authtok_reqd=ok default=ignore"))
  }
}
