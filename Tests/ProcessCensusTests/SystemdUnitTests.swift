// SPDX-License-Identifier: BSD-3-Clause

import Testing

@testable import ProcessCensus

struct SystemdUnitTests {
  @Test(
    arguments: [
      ("/system.slice/ssh.service", "ssh.service", false),
      ("/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service", false),
      ("/system.slice/podman.service/payload.scope", "podman.service", false),
      ("/init.scope", "init.scope", false),
      ("/machine.slice/machine-x.scope/payload/system.slice/ssh.service", "machine-x.scope", false),
      ("/user.slice/user-1000.slice/session-3.scope", "session-3.scope", true),
      (
        "/user.slice/user-1000.slice/user@1000.service/init.scope", "user@1000.service/init.scope",
        true
      ),
      (
        "/user.slice/user-1000.slice/user@1000.service/app.slice/look.service/sub",
        "user@1000.service/look.service", true
      ),
      ("/user.slice/user-1000.slice/user@1000.service", "user@1000.service", true),
      ("/user.slice/user-1000.slice", nil, true),
      ("/user.slicer/x.service", "x.service", false),
      ("/", nil, false), ("", nil, false), ("/lxc/x", nil, false),
    ] as [(String, String?, Bool)])
  func isFoundInTheControlGroup(path: String, name: String?, isUsers: Bool) {
    let unit = SystemdUnit(controlGroup: Array(path.utf8))
    #expect(unit.name.map { String(decoding: $0, as: UTF8.self) } == name)
    #expect(unit.isUsers == isUsers)
  }
}
