// swift-tools-version: 6.2
// SPDX-License-Identifier: BSD-3-Clause

import Foundation
import PackageDescription

// Ordinary Swift here, for `swift test` and for programs that take LinuxKeyrings. What makes the
// module Embedded Swift, and all linker flags, are in module.toolset.json: see the Makefile.

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

// For the command-line program alone, which is left out where this is missing. SwiftPM fetches nothing:
// `make vendor` does, and checks the sum.
let vendored = "vendor/swift-argument-parser"
let hasArgumentParser = FileManager.default.fileExists(
  atPath: "\(Context.packageDirectory)/\(vendored)")

let fortified: [CSetting] = [
  .define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release))
]

let package = Package(
  name: "pam-session-keyring",
  products: [
    .library(name: "pam_session_keyring", type: .dynamic, targets: ["SessionKeyringModule"]),
    .library(name: "pam_witness", type: .dynamic, targets: ["CWitness"]),
  ],
  targets: [
    .target(name: "CLinux", cSettings: fortified),
    .target(name: "CLinuxPAM", cSettings: fortified),
    .target(name: "LinuxKeyrings", dependencies: ["CLinux"], swiftSettings: strict),
    .target(
      name: "LinuxPAM", dependencies: ["CLinuxPAM"], swiftSettings: strict,
      linkerSettings: [.linkedLibrary("pam")]),
    .target(
      name: "SessionKeyringModule",
      dependencies: ["CLinux", "CLinuxPAM", "LinuxKeyrings", "LinuxPAM"],
      exclude: ["Linking"],
      swiftSettings: strict),

    // What the command-line program reads and prints: files, bytes from outside, error numbers.
    .target(name: "SystemText", dependencies: ["LinuxKeyrings"], swiftSettings: strict),
    // What it reads of PAM's files and of keys.
    .target(
      name: "PAMConfiguration", dependencies: ["CLinux", "LinuxKeyrings", "SystemText"],
      swiftSettings: strict),
    // A target of its own, so that the module is not linked with libkeyutils.
    .target(
      name: "KeyInspection", dependencies: ["CLinux", "LinuxKeyrings", "SystemText"],
      swiftSettings: strict,
      linkerSettings: [.linkedLibrary("keyutils")]),

    .testTarget(name: "LinuxKeyringsTests", dependencies: ["LinuxKeyrings"]),
    .testTarget(name: "LinuxPAMTests", dependencies: ["LinuxPAM", "CDriver"]),
    .testTarget(name: "SessionKeyringModuleTests", dependencies: ["SessionKeyringModule"]),
    .testTarget(name: "SystemTextTests", dependencies: ["SystemText", "LinuxKeyrings"]),
    .testTarget(name: "KeyInspectionTests", dependencies: ["KeyInspection", "LinuxKeyrings"]),
    .testTarget(
      name: "PAMConfigurationTests", dependencies: ["PAMConfiguration", "CLinuxPAM", "SystemText"]),
    // Black box: the built module, driven through libpam by processes of their own.
    .testTarget(
      name: "SystemTests", dependencies: ["SystemHarness", "PAMConfiguration"],
      path: "Tests/System/Cases"),
    .testTarget(
      name: "LongTests", dependencies: ["SystemHarness", "PAMConfiguration"],
      path: "Tests/System/Long"),
    .target(
      name: "SystemHarness",
      dependencies: ["pam-driver", "PAMConfiguration"],
      path: "Tests/System/Harness"),
    .executableTarget(name: "pam-driver", dependencies: ["CDriver"], path: "Tests/System/Driver"),
    .target(name: "CWitness", path: "Tests/System/CWitness"),
    .target(
      name: "CDriver", path: "Tests/System/CDriver",
      linkerSettings: [.linkedLibrary("pam"), .linkedLibrary("keyutils")]),
  ]
)

if hasArgumentParser {
  // What `ps` asks the kernel, with the program that the kernel runs: `make tool` compiles that first.
  package.targets += [
    .target(name: "CCensus", exclude: ["census.bpf.c"], cSettings: fortified),
    .target(
      name: "ProcessCensus",
      dependencies: ["CCensus", "CLinux", "KeyInspection", "LinuxKeyrings", "SystemText"],
      swiftSettings: strict),
    .testTarget(
      name: "ProcessCensusTests", dependencies: ["CCensus", "ProcessCensus", "KeyInspection"]),
  ]
  package.products.append(.executable(name: "session-keyring", targets: ["SessionKeyringTool"]))
  package.dependencies.append(.package(path: vendored))
  package.targets += [
    .executableTarget(
      name: "SessionKeyringTool",
      dependencies: [
        "KeyInspection", "LinuxKeyrings", "PAMConfiguration", "ProcessCensus", "SystemText",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Linking"],
      swiftSettings: strict),
    .testTarget(
      name: "SessionKeyringToolTests", dependencies: ["SessionKeyringTool", "ProcessCensus"]),
  ]
}
