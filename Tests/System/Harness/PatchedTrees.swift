// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PAMConfiguration

/// Trees of PAM files before and after `session-keyring audit --diff`, applied by the real patch(1), in the hands of
/// the real libpam, modules and kernel.
public struct PatchedTrees {
  public struct Tree {
    public let services: [String]
    let root: URL
    let advice: Advice
    let files: [String: Data]
  }
  public private(set) var trees: [Tree] = []
  /// What is not as it has to be: empty, or the advice is wrong.
  public internal(set) var exceptions: [String] = []
  /// How many services were open, of these changed, and of these not made explicit, for a reason that is given.
  public internal(set) var (open, changed, excused) = (0, 0, 0)
  let machine: ConfigurationFixture

  private typealias Beginning = ConfigurationFixture.Beginning
  private typealias Session = ConfigurationFixture.Session

  /// The kernel takes its time to collect the keyrings of sessions that are over: of one user's there would be more
  /// than the quota allows.
  private static let users = 20

  /// Each tree has the machine's libpam and modules.
  public init(on machine: ConfigurationFixture) { self.machine = machine }

  /// A machine with the users that these trees have.
  public static func machine() throws -> ConfigurationFixture {
    try ConfigurationFixture(moreUsers: UInt32(users))
  }

  private func shell(_ script: String, _ arguments: [String] = []) throws -> Transcript {
    try machine.login.run(
      "/usr/bin/unshare",
      ["--mount", "sh", "-ec", script, machine.login.directory.path] + arguments,
      environment: machine.login.environment.filter { $0.key != "PAM_CONFDIR" }, within: 3000)
  }

  /// Adds a tree with these files, and decides what to change in it.
  public mutating func add(_ services: [String], make: (URL) throws -> Void) throws {
    let root = machine.login.directory.appending(path: "trees/\(trees.count)/root")
    let copied = try shell(
      #"mkdir -p "$(dirname "$1")"; cp -al "$0/machine" "$1""#, [root.path])
    guard copied.exitStatus == 0 else { throw Failed(description: copied.description) }
    try make(root)
    let advice = Audit(try FileTree(root: root.path)).advice(for: services)
    try root.deletingLastPathComponent().appending(path: "diff").write(advice.diff)
    // Whether a session opens does not depend on the keyring that the program has.
    let steps = [
      "before": script(services, [.nothing]), "after": script(services, Beginning.allCases),
    ]
    for (name, steps) in steps {
      try root.deletingLastPathComponent().appending(path: "steps.\(name)")
        .write("\(steps)\n".utf8)
    }
    trees.append(
      Tree(services: services, root: root, advice: advice, files: Self.files(in: root)))
  }

  public struct Failed: Error, CustomStringConvertible { public let description: String }

  private func script(_ services: [String], _ beginnings: [Beginning]) -> String {
    machine.login.words(
      machine.script(
        through: services, beginnings.filter { !$0.isOfInvoker }, forUser: trees.count % Self.users,
        thenShow: true)
    ).joined(separator: " ")
  }

  /// Lets libpam open the sessions, applies the patches, lets it open them again, and takes the patches back.
  public mutating func run() throws {
    let sessions = """
      sessions() {
        mount --bind "$1/root/etc/pam.d" /etc/pam.d
        mkdir -p "$1/work"
        mount -t overlay overlay -o "lowerdir=/usr,upperdir=$1/root/usr,workdir=$1/work" /usr
        echo "tree $2"
        xargs "$driver" <"$1/steps.$3"
        umount --lazy /usr /etc/pam.d
      }
      patch() { command patch -p1 -F0 --no-backup-if-mismatch "$@" 2>&1 || echo "patch failed"; }
      driver=$1
      cd /
      """
    let before = try shell(
      sessions + "\n"
        + #"for tree in $(seq 0 $(($2 - 1))); do sessions "$0/trees/$tree" "$tree" before; done"#,
      [PAMFixture.driver, "\(trees.count)"])
    let after = try shell(
      sessions + "\n" + #"""
        for tree in $(seq 0 $(($2 - 1))); do
          [ ! -s "$0/trees/$tree/diff" ] || patch -d "$0/trees/$tree/root" <"$0/trees/$tree/diff" >"$0/trees/$tree/said"
          sessions "$0/trees/$tree" "$tree" after
        done
        """#, [PAMFixture.driver, "\(trees.count)"])
    for transcript in [before, after] where transcript.exitStatus != 0 {
      exceptions.append("libpam's sessions end with \(transcript.exitStatus): \(transcript)")
    }
    let (seenBefore, seenAfter) = (Self.trees(in: before), Self.trees(in: after))
    for (number, tree) in trees.enumerated() {
      try check(tree, number, seenBefore[number, default: ""], seenAfter[number, default: ""])
    }
    let undone = try shell(
      sessions + "\n" + #"""
        for tree in $(seq 0 $(($2 - 1))); do
          [ ! -s "$0/trees/$tree/diff" ] || patch -R -d "$0/trees/$tree/root" <"$0/trees/$tree/diff" >>"$0/trees/$tree/said"
        done
        """#, [PAMFixture.driver, "\(trees.count)"])
    if undone.exitStatus != 0 { exceptions.append("patch -R: \(undone.description)") }
    for (number, tree) in trees.enumerated() where Self.files(in: tree.root) != tree.files {
      exceptions.append("tree \(number): patch -R brings other bytes back")
    }
  }

  private static func trees(in transcript: Transcript) -> [Int: Substring] {
    var trees: [Int: Substring] = [:]
    for part in ("\n" + transcript.description).components(separatedBy: "\ntree ").dropFirst() {
      let number = part.prefix { $0.isNumber }
      trees[Int(number) ?? -1] = part.dropFirst(number.count)
    }
    return trees
  }

  /// The files of PAM, by their paths, and links, by where they lead.
  static func files(in root: URL) -> [String: Data] {
    var files: [String: Data] = [:]
    for directory in ["etc", "usr/lib/pam.d", "usr/etc/pam.d"] {
      let base = root.appending(path: directory)
      let paths =
        FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
      for path in paths {
        let file = base.appending(path: path).path
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: file) {
          files["\(directory)/\(path)"] = Data("-> \(target)".utf8)
        } else if let data = FileManager.default.contents(atPath: file) {
          files["\(directory)/\(path)"] = data
        }
      }
    }
    return files
  }
}
