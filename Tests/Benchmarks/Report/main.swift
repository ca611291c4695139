// SPDX-License-Identifier: BSD-3-Clause

// Measures the module beside pam_keyinit and the floor, and prints ratios, as a table and, in
// build/bench.json, for a program.

import Foundation
import SystemHarness

// The users that the measured sessions take in turns.
let measurement = try Measurement(users: 50)
var report = Report()

// System calls of open and close.
for service in ["pam_keyinit", "equal", "default"] {
  let calls = try measurement.systemCalls(service)
  report.add(
    "system calls, \(service)", Double(calls.count), service == "default" ? "at most 10" : "")
  let identity = calls.filter { $0.hasPrefix("set") }
  report.add("  of them identity changes", Double(identity.count))
}

// Time net of the floor, in a warm process and in processes of their own.
let warm = try measurement.times("warm")
for (kind, times) in [
  ("in a warm process", warm),
  ("in a process of its own", try measurement.timesAlone(processes: 200)),
] {
  for (part, name, required) in [
    (\Measurement.Times.opening, "open", ""), (\.closing, "close", ""),
    (\.session, "open and close", kind == "in a warm process" ? "at most 0.80" : ""),
  ] {
    func net(_ service: String) -> Double {
      times[service, default: .unknown][keyPath: part]
        - times["floor", default: .unknown][keyPath: part]
    }
    report.add("nanoseconds of \(name) \(kind), pam_keyinit", net("pam_keyinit").rounded())
    report.add("  ratio, equal work", net("equal") / net("pam_keyinit"), required)
    report.add("  ratio, default links", net("default") / net("pam_keyinit"))
  }
}
func session(_ service: String) -> Double { warm[service, default: .unknown].session }
for service in ["pam_keyinit", "default"] {
  report.add(
    "percent of a core at 1,000 logins a second (extrapolated), \(service)",
    (session(service) - session("floor")) * 1000 / 1e9 * 100)
}
// pam_keyinit's sessions fail there.
let threads = try measurement.numbers("threads", ["default"]).values.first ?? .nan
let single = warm["default", default: .unknown]
report.add(
  "session in 16 threads, ratio to one thread, default links",
  threads / (single.loading + single.session))

// First load, in a process that has libkeyutils and in one that has not.
let loaded = try measurement.times("with-libkeyutils")
report.add(
  "first load with libkeyutils there, ratio",
  loaded["equal", default: .unknown].loading / loaded["pam_keyinit", default: .unknown].loading,
  "at most 1.00")
report.add(
  "first load without, ratio",
  warm["equal", default: .unknown].loading / warm["pam_keyinit", default: .unknown].loading,
  "at most 2.00"
)

// Instructions.
for function in ["pam_open_session", "pam_close_session"] {
  let floor = try measurement.instructions("floor", in: function)
  let baseline = try measurement.instructions("pam_keyinit", in: function) - floor
  let own = try measurement.instructions("equal", in: function) - floor
  report.add("instructions of \(function) net of the floor, pam_keyinit", Double(baseline))
  report.add("  ratio, equal work", Double(own) / Double(baseline))
}
for (libraries, what) in [("libkeyutils.so.1", "with libkeyutils there"), ("", "without")] {
  let baseline = try measurement.instructionsOfPamtester("pam_keyinit", preloading: libraries)
  let own = try measurement.instructionsOfPamtester("equal", preloading: libraries)
  report.add(
    "instructions of a whole pamtester run \(what), ratio", Double(own) / Double(baseline),
    "at most 1.00")
}

// The file.
func size(_ path: String) throws -> Double {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return (attributes[.size] as? Double) ?? .nan
}
report.add("file size in bytes", try size(PAMFixture.module))
report.add(
  "  ratio", try size(PAMFixture.module) / size(Subject.pamKeyinit.path), "at most 0.80")

report.add("relocations", try measurement.relocations(PAMFixture.module))
report.add(
  "  ratio",
  try measurement.relocations(PAMFixture.module)
    / measurement.relocations(Subject.pamKeyinit.path))
let memory = try ["pam_keyinit", "equal"].map {
  try measurement.numbers("memory", [$0]).values.first ?? .nan
}
report.add("kilobytes resident with a session open, pam_keyinit", memory[0])
report.add("  the module, with libkeyutils", memory[1])

// Growth.
let manyUsers = try Measurement(users: 1000)
for (task, what) in [
  ("sessions", "10,000 sessions"), ("users", "1,000 users"), ("live", "190 live keyrings"),
] {
  for service in ["pam_keyinit", "default"] {
    report.add(
      "cost of a session over \(what), slope, \(service)",
      slope(try manyUsers.growth(task, service)), service == "default" ? "flat" : "")
  }
}

// The audit.
let counts = [2_500, 5_000, 7_500, 10_000]
let perThousand = try counts.map {
  try AuditBenchmark().seconds(services: $0) / Double($0) * 1000
}
report.add(
  "seconds of an audit for a thousand services of 10,000", perThousand.last ?? .nan, "at most 1.00")
report.add("  slope from 2,500 to 10,000 services", slope(perThousand), "flat")

try report.write(to: PAMFixture.root.appending(path: "build/bench.json"))
