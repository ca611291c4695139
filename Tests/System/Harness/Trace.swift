// SPDX-License-Identifier: BSD-3-Clause

/// What strace wrote of a program in whose stacks a module stands between two marks of `pam_witness`.
public enum Trace {
  /// A system call, and its place among those of its name in the whole trace.
  public typealias Call = (name: String, ordinal: Int)

  /// The system calls between two marks each, one list for every call of the module.
  public static func ofModules(in trace: String) -> [[Call]] {
    var counts: [String: Int] = [:]
    var modules: [[Call]] = []
    var isInside = false
    for line in trace.split(separator: "\n") {
      guard let parenthesis = line.firstIndex(of: "(") else { continue }
      let name = String(line[..<parenthesis])
      counts[name, default: 0] += 1
      if line.hasPrefix("getpgid(-4242)") {
        isInside.toggle()
        if isInside { modules.append([]) }
      } else if isInside, !name.contains("stat") {
        // nss_wrapper looks whether its file has changed; the module looks at none.
        modules[modules.count - 1].append((name, counts[name] ?? 0))
      }
    }
    return modules
  }
}
