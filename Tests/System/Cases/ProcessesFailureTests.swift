// SPDX-License-Identifier: BSD-3-Clause

import Glibc
import SystemHarness
import Testing

/// `session-keyring ps` where the kernel cannot be asked: one sentence, and status 2.
struct ProcessesFailureTests {
  private let login: PAMFixture

  init() throws { login = try PAMFixture() }

  private func expect(
    _ sentence: String, _ transcript: Transcript, _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(transcript.exitStatus == 2, sourceLocation: place)
    let lines = transcript.description.split(separator: "\n").filter { !$0.hasPrefix("seccomp ") }
    #expect(
      lines.count == 1 && lines[0].hasPrefix("Error: \(sentence)"), "\(transcript)",
      sourceLocation: place)
  }

  /// Runs a shell's commands and then `ps`, with its own mounts.
  private func ps(after commands: String, under program: String = "exec") throws -> Transcript {
    try login.run(
      "/usr/bin/unshare",
      ["--mount", "/bin/sh", "-ec", "\(commands)\n\(program) \(PAMFixture.tool) ps"])
  }

  @Test func withoutLibbpf() throws {
    let empty = "for file in /usr/lib/*/libbpf.so.1; do mount --bind /dev/null $file; done"
    expect("cannot load libbpf (in Debian's package libbpf1): ", try ps(after: empty))
  }

  @Test func withoutTypeInformation() throws {
    expect(
      "the kernel does not describe its types: no /sys/kernel/btf/vmlinux",
      try ps(after: "mount -t tmpfs none /sys/kernel/btf"))
  }

  @Test func inAContainer() throws {
    let sentence = "cannot inspect other processes in a container"
    expect(sentence, try ps(after: "", under: "unshare --pid --fork --mount-proc"))
    expect(sentence, try ps(after: "", under: "unshare --user --map-root-user"))
  }

  @Test(arguments: [
    "--reuid=1", "--bounding-set=-sys_admin,-bpf", "--bounding-set=-sys_admin,-perfmon",
    "--bounding-set=-sys_admin,-bpf,-perfmon",
  ])
  func withoutPrivileges(option: String) throws {
    expect(
      "cannot inspect other processes: this needs root, or CAP_BPF and CAP_PERFMON",
      try login.run("/usr/bin/setpriv", [option, PAMFixture.tool, "ps"]))
  }

  @Test func withTheTwoCapabilitiesAlone() throws {
    let capabilities = "+bpf,+perfmon"
    let transcript = try login.run(
      "/usr/bin/setpriv",
      [
        "--reuid=\(login.uid)", "--regid=\(login.uid)", "--clear-groups",
        "--inh-caps=-all,\(capabilities)", "--ambient-caps=-all,\(capabilities)", PAMFixture.tool,
        "ps",
        "--user", "\(login.uid)",
      ])
    #expect(transcript.exitStatus == 0, "\(transcript)")
    #expect(transcript.description.hasPrefix("1 process: 1 none\n"), "\(transcript)")
  }

  @Test(arguments: [(EPERM, "Operation not permitted"), (ENOSYS, "Function not implemented")])
  func whereBPFIsForbidden(errno: Int32, text: String) throws {
    let transcript = try login.run("seccomp:\(errno):bpf exec:\(PAMFixture.tool):ps")
    expect("bpf(2) is forbidden here: \(text)", transcript)
  }

  /// `--help` and the other commands do without the library.
  @Test func theOtherCommandsNeedNoLibrary() throws {
    let transcript = try login.run("/usr/bin/ldd", [PAMFixture.tool])
    #expect(!transcript.description.contains("bpf"), "\(transcript)")
  }
}
