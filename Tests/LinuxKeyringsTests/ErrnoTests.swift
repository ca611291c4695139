// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import Testing

@testable import LinuxKeyrings

struct ErrnoTests {
  @Test(arguments: [
    (EPERM, "EPERM"), (EDQUOT, "EDQUOT"), (ENOKEY, "ENOKEY"), (0, "0"), (4242, "unknown errno"),
  ])
  func hasTheConstantsName(value: CInt, name: String) {
    #expect(unsafe String(cString: Errno(rawValue: value).name) == name)
  }

  @Test func isTheThreadsOwn() {
    Errno.current = Errno(rawValue: ENOTNAM)
    #expect(Glibc.errno == ENOTNAM)
    Glibc.errno = EDQUOT
    #expect(Errno.current == .quotaExceeded)
  }

  @Test(arguments: [
    EKEYREVOKED, EKEYEXPIRED, ENOKEY, EACCES, EPERM, EDEADLK, ELOOP, ENFILE, EOPNOTSUPP,
  ])
  func concernsALinkAlone(value: CInt) {
    #expect(Errno(rawValue: value).isLinkSpecific)
  }

  @Test(arguments: [EDQUOT, ENOMEM, ENOSYS, EINTR, EINVAL])
  func concernsMoreThanALink(value: CInt) {
    #expect(!Errno(rawValue: value).isLinkSpecific)
  }
}

struct UserKeyringsTests {
  @Test func comeOutOneByOne() {
    var keyrings = UserKeyringSet.persistent.union(.userSessionAndUser)
    var seen: [UserKeyringSet] = []
    while let first = keyrings.first {
      seen.append(first)
      keyrings.subtract(first)
    }
    #expect(seen == [.userSession, .user, .persistent])
    #expect(UserKeyringSet.none.first == nil)
  }
}
