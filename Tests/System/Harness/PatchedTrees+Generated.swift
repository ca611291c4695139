// SPDX-License-Identifier: BSD-3-Clause

import Foundation

extension PatchedTrees {
  /// Random trees, one for each seed.
  public init(seeds: Range<UInt64>, on machine: ConfigurationFixture) throws {
    self.init(on: machine)
    try machine.installForAdvice()
    for seed in seeds {
      let tree = GeneratedTree(seed: seed)
      try add(tree.services + ["other"]) { root in
        for (path, bytes) in tree.files {
          try root.appending(path: path).write(bytes)
        }
        for (path, target) in tree.links {
          try FileManager.default.createSymbolicLink(
            atPath: root.appending(path: path).path, withDestinationPath: target)
        }
      }
    }
  }
}

extension ConfigurationFixture {
  /// Installs this module by its name, the modules that make keyrings or return always the same, and others that
  /// succeed in the place of those that store keys.
  public func installForAdvice() throws {
    try install(["pam_permit", "pam_deny", "pam_debug", "pam_keyinit", "pam_selinux"])
    for name in ["pam_krb5", "pam_sss"] {
      try FileManager.default.copyItem(
        at: security.appending(path: "pam_permit.so"), to: security.appending(path: "\(name).so"))
    }
    try installModule()
    // By its path too. Others load it from this machine's place.
    try write("", to: PAMFixture.module)
  }

  private var security: URL { root.appending(path: "\(Self.libraries)/security") }

  /// Installs this module by its name.
  public func installModule() throws {
    let file = security.appending(path: "pam_session_keyring.so")
    guard !FileManager.default.fileExists(atPath: file.path) else { return }
    try FileManager.default.copyItem(at: URL(filePath: PAMFixture.module), to: file)
  }
}
