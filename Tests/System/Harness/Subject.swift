// SPDX-License-Identifier: BSD-3-Clause

import Foundation

/// The module, or the one that it is compared with: the baseline, not a pass or a fail.
public enum Subject: CaseIterable {
  case pamKeyinit, pamSessionKeyring

  public var path: String {
    switch self {
    case .pamKeyinit: Self.pathOfPAMKeyinit
    case .pamSessionKeyring: PAMFixture.module
    }
  }

  private static let pathOfPAMKeyinit: String = {
    let directories = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    let paths = directories.map { "/usr/lib/\($0)/security/pam_keyinit.so" }
    return paths.first { FileManager.default.fileExists(atPath: $0) } ?? "pam_keyinit.so"
  }()
}
