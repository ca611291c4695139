// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// One step of a script.
struct Step {
  let verb: String
  let arguments: [String]

  init(_ word: String) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    verb = parts[0]
    arguments = Array(parts.dropFirst())
  }

  func run(_ handles: inout [String: OpaquePointer]) {
    switch verb {
    // libpam
    case "start": handles[argument(0)] = start()
    case "auth": report(pam_authenticate(handle(handles), 0))
    case "cred": report(pam_setcred(handle(handles), credentialFlags))
    case "open": report(pam_open_session(handle(handles), 0))
    case "cancelled-open":
      report(driver_open_and_cancel(handle(handles)))
    case "close": report(pam_close_session(handle(handles), 0))
    case "user": report(pam_set_item(handle(handles), PAM_USER, argument(1)))
    case "end":
      pam_end(handle(handles), 0)
      handles[argument(0)] = nil
    // the kernel's keyrings
    case "join": say(keyctl_join_session_keyring(arguments.first))
    case "setperm": say(Int(keyctl_setperm(keyring(0), permissions(1))))
    case "revoke": say(keyctl_revoke(keyring(0)))
    case "link": say(keyctl_link(keyring(0), keyring(1)))
    case "restrict": say(Int(keyctl_restrict_keyring(keyring(0), nil, nil)))
    case "clear": say(keyctl_clear(keyring(0)))
    case "expire": say(keyctl_set_timeout(keyring(0), 1))
    case "add": say(Int(add_key("user", argument(1), "x", 1, keyring(0))))
    case "fill": fill()
    case "crowd": crowd()
    case "show": show()
    case "owner": owner()
    case "find": say(Int(keyctl_search(KEY_SPEC_SESSION_KEYRING, "user", argument(0), 0)))
    case "request": say(Int(request_key("user", argument(0), nil, 0)))
    case "remember": Self.remembered = keyctl_get_keyring_ID(keyring(0), 0)
    // the process
    case "ids": setIDs()
    case "groups": setgroups(0, nil)
    case "gids": setresgid(number(0), number(1), number(2))
    case "drop": say(Int(driver_drop_capability(CInt(number(0)))))
    case "raise": say(Int(driver_raise_capabilities()))
    case "dumpable": say(Int(driver_prctl(PR_SET_DUMPABLE, UInt(number(0)))))
    case "pdeathsig": say(Int(driver_prctl(PR_SET_PDEATHSIG, UInt(number(0)))))
    case "keepcaps": say(Int(driver_prctl(PR_SET_KEEPCAPS, UInt(number(0)))))
    case "userns": say(Int(driver_enter_user_namespace(userMap)))
    case "seccomp":
      let call = arguments.count > 1 ? SYS_bpf : SYS_keyctl
      say(Int(driver_fail_system_call(call, CInt(number(0)))))
    case "exec": exec()
    case "keys": keys()
    case "forget": forget()
    case "settle": settle(number(0))
    case "ready": Background.tellParent()
    case "await": Background.awaitEndOfDriver()
    case "catch": say(Int(driver_report_signal(CInt(number(0)))))
    case "cores": dumpCores()
    case "kill": say(Int(kill(getppid(), CInt(number(0)))))
    case "sleep": usleep(number(0) * 1000)
    case "bystander": Bystander.run(argument(0))
    case "usage": usage()
    case "maps": emit("maps \(mapsModule() ? "loaded" : "unloaded")")
    case "mark": emit("mark \(arguments.joined(separator: " "))")
    case "note": Self.noted = ProcessState()
    case "compare": compare()
    default: fail("no such step")
    }
  }

  nonisolated(unsafe) static var remembered: key_serial_t = 0
  nonisolated(unsafe) private static var noted = ProcessState()

  /// Prints a step's result: `verb ok`, or the name of the errno.
  func say(_ result: Int) {
    emit("\(verb) \(result >= 0 ? "ok" : String(cString: strerrorname_np(driver_errno())))")
  }

  func say(_ serial: key_serial_t) { say(Int(serial)) }

  // MARK: the process

  /// `INSIDE_OUTSIDE_COUNT,...` as the kernel reads it.
  private var userMap: String {
    argument(0).replacing("_", with: " ").replacing(",", with: "\n")
  }

  /// Sets the real, effective and saved uid, and the file-system uid if it is given.
  private func setIDs() {
    let result = setresuid(number(0), number(1), number(2))
    if arguments.count > 3 { setfsuid(number(3)) }
    say(Int(result))
  }

  /// Has a core of this process written to a directory, core(5), where the kernel writes it itself.
  private func dumpCores() {
    say(Int(driver_dump_cores(argument(0))))
  }

  /// Becomes another program.
  private func exec() {
    var vector = arguments.map { strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
    execv(argument(0), &vector)
    say(-1)
  }

  private func compare() {
    let differences = ProcessState().differences(from: Self.noted)
    emit("compare \(differences.isEmpty ? "same" : differences.joined(separator: "; "))")
  }

  /// Prints what the process and the real uid hold: mappings, resident memory, descriptors, keys.
  private func usage() {
    let mappings = contents("/proc/self/maps").split(separator: "\n").count
    let pages = contents("/proc/self/statm").split(separator: " ")[1]
    let keys = keyUsersRow(of: argument(0))?.joined(separator: " ")
    emit("usage mappings=\(mappings) pages=\(pages) keys=\(keys ?? "none")")
  }

  private func mapsModule() -> Bool {
    contents("/proc/self/maps").contains("pam_session_keyring")
  }
}
