// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import ProcessCensus
import SystemText

/// Every word that `ps` prints.
enum ProcessesWording {
  static let columns = ["STATE", "KEYRING", "OWNER", "USER", "LOGIN", "UNIT", "PROCESSES"]
  static let nothing = "-"

  /// How many there are of each state.
  static func summary(_ counts: [KeyringState: Int]) -> String {
    let total = counts.values.reduce(0, +)
    let parts = KeyringState.allCases.reversed().compactMap { state in
      counts[state].map { "\($0) \(state.rawValue)" }
    }
    let noun = total == 1 ? "process" : "processes"
    return "\(total) \(noun)" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
  }

  /// `bash 812`, and the thread's number where it is another.
  static func process(_ task: CensusTask) -> String {
    let number =
      task.thread == task.process ? "\(task.process)" : "\(task.process)/\(task.thread)"
    return "\(escaped(task.command)) \(number)"
  }

  /// A keyring's number and name; one with a name of the kernel's that it did not create is marked.
  static func keyring(_ keyring: CensusKeyring) -> String {
    "\(keyring.serial) \(escaped(keyring.name, limit: 32))"
      + (keyring.isImpostor ? " (not the kernel's)" : "")
  }

  static func more(_ groups: Int, _ processes: Int) -> String {
    "and \(groups) more \(groups == 1 ? "line" : "lines") of \(processes) "
      + "\(processes == 1 ? "process" : "processes"): session-keyring ps | less"
  }
}

extension CensusError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .inContainer:
      "cannot inspect other processes in a container: run session-keyring ps on its host"
    case .notPrivileged:
      "cannot inspect other processes: this needs root, or CAP_BPF and CAP_PERFMON"
    case .noLibrary(let reason): "cannot load libbpf (in Debian's package libbpf1): \(reason)"
    case .noFunction(let name): "cannot use this version of libbpf: it has no \(name)"
    case .noTypeInformation:
      "the kernel does not describe its types: no /sys/kernel/btf/vmlinux (CONFIG_DEBUG_INFO_BTF)"
    case .lockedDown:
      "the kernel is in lockdown (confidentiality) and shows its memory to nobody, kernel_lockdown(7)"
    case .forbidden(let error): "bpf(2) is forbidden here: \(error.text)"
    case .failed(let function, let error):
      "the kernel refuses the program that lists session keyrings: \(function): \(error.text)"
    case .read(let error): "cannot read the list of session keyrings: \(error.text)"
    case .invalidRows: "cannot read the list of session keyrings: it is cut short"
    }
  }
}

extension KeyringState {
  /// The state in a few words.
  var summary: String {
    switch self {
    case .explicit:
      "a session keyring of the user's own, or one that root owns, the user's key quota being full"
    case .expired: "a session keyring whose time ran out: no key in it is found"
    case .revoked: "a session keyring that was revoked: no key in it is found"
    case .none:
      "no session keyring: the user session keyring on demand, shared by all processes of the uid"
    case .implicit: "the user session keyring of some user"
    case .foreign: "a session keyring that another uid owns"
    }
  }
}
