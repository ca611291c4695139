// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// All of a process that a PAM module could leave changed.
struct ProcessState {
  private var fields: [String: String] = [:]

  init() {
    let status = contents("/proc/thread-self/status")
    let kept = [
      "Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
      "Seccomp", "SigBlk", "SigIgn", "SigCgt", "Threads",
    ]
    for line in status.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, kept.contains(String(parts[0])) {
        fields[String(parts[0])] = String(parts[1])
      }
    }
    fields["dumpable"] = "\(driver_prctl(PR_GET_DUMPABLE, 0))"
    fields["parent-death signal"] = "\(driver_parent_death_signal())"
    fields["descriptors"] = descriptors()
    fields["environment"] = environment()
  }

  func differences(from other: ProcessState) -> [String] {
    fields.keys.sorted().filter { fields[$0] != other.fields[$0] }
      .map { "\($0): \(other.fields[$0] ?? "") -> \(fields[$0] ?? "")" }
  }
}

func contents(_ path: String) -> String {
  guard let file = fopen(path, "re") else { return "" }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
  return String(decoding: bytes, as: UTF8.self)
}

/// The process's variables as they are now: /proc/self/environ shows those it began with.
private func environment() -> String {
  var variables: [String] = []
  var next = driver_environment()
  while let variable = next?.pointee {
    variables.append(String(cString: variable))
    next = next?.successor()
  }
  return variables.joined(separator: " ")
}

/// Every open descriptor and what it is, but for the one that reads the list.
private func descriptors() -> String {
  (0..<256).compactMap { number in
    var target = [CChar](repeating: 0, count: 256)
    let length = readlink("/proc/self/fd/\(number)", &target, 255)
    let bytes = target.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? nil : "\(number)=" + String(decoding: bytes, as: UTF8.self)
  }.joined(separator: " ")
}
