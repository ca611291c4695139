// swift-tools-version: 6.2
// SPDX-License-Identifier: BSD-3-Clause

import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "pam-session-keyring",
  products: [
    .library(name: "pam_session_keyring", type: .dynamic, targets: ["SessionKeyringModule"])
  ],
  targets: [
    .target(name: "CLinuxPAM", linkerSettings: [.linkedLibrary("pam"), .linkedLibrary("keyutils")]),
    .target(name: "LinuxKeyrings", dependencies: ["CLinuxPAM"], swiftSettings: strict),
    .target(name: "LinuxPAM", dependencies: ["CLinuxPAM"], swiftSettings: strict),
    .target(
      name: "SessionKeyringModule", dependencies: ["CLinuxPAM", "LinuxKeyrings", "LinuxPAM"],
      exclude: ["Linking"], swiftSettings: strict),
  ]
)
