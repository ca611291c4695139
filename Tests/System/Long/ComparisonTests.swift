// SPDX-License-Identifier: BSD-3-Clause

import SystemHarness
import Testing

/// Both modules under the same difficulties. What the module must do in each is in the system tests.
struct ComparisonTests {
  private func outcomes(_ comparisons: [Comparison], of subject: Subject) throws -> [Outcome] {
    try comparisons.map { try $0.session(of: subject) }
  }

  private func count(_ outcomes: [Outcome], _ isCounted: (Outcome) -> Bool) -> Int {
    outcomes.filter(isCounted).count
  }

  @Test func callersComeBackAsTheyWere() throws {
    let callers =
      Array(Callers.able.values) + Array(Callers.refused.values)
      + Callers.inNamespaces.values.map { "\($0.0) \($0.1) dumpable:1" }
    let comparisons = callers.flatMap { caller in
      ["force", "force revoke"].map { Comparison.caller(caller, $0) }
    }
    let figures = try compare("callers of every kind") { subject in
      let outcomes = try outcomes(comparisons, of: subject)
      return [
        "sessions": outcomes.count,
        "callers left changed": count(outcomes) { !$0.callerIsSame },
        "of these under PAM_SUCCESS": count(outcomes) { $0.isOpened && !$0.callerIsSame },
        "keyring not the user's under PAM_SUCCESS": count(outcomes) { $0.isOpened && !$0.isUsers },
      ]
    }
    #expect(figures["sessions"] == 2 * callers.count)
    #expect(figures["callers left changed"] == 0)
    #expect(figures["keyring not the user's under PAM_SUCCESS"] == 0)
  }

  @Test func quotaNeverCostsTheSessionItsKeyring() throws {
    let fillings = Comparison.fillings + (1...9).map { "fill:\($0)" }
    let comparisons = fillings.flatMap { filling in
      Comparison.daemons.map { Comparison.quota(filling, $0, "force") }
    }
    let figures = try compare("key quota full or nearly") { subject in
      let outcomes = try outcomes(comparisons, of: subject)
      return [
        "sessions": outcomes.count,
        "failed": count(outcomes) { !$0.isOpened },
        "without a private keyring": count(outcomes) { !$0.isPrivate },
        "lacking something and not logged once": count(outcomes) {
          !($0.isOpened && $0.isUsers && $0.keyring?.links.count == 2) && $0.log.count != 1
        },
      ]
    }
    #expect(figures["sessions"] == 33)
    #expect(figures["failed"] == 0)
    #expect(figures["without a private keyring"] == 0)
    #expect(figures["lacking something and not logged once"] == 0)
  }

  @Test func sandboxesAndDamagedKeyringsLetTheLoginGoOn() throws {
    func comparisons(_ steps: [String]) -> [Comparison] {
      steps.flatMap { steps in ["force", "force revoke"].map { Comparison($0, steps) } }
    }
    let figures = try compare("keyctl forbidden, @us revoked or without permissions") { subject in
      let forbidden = try outcomes(comparisons(Comparison.withoutKeyctl), of: subject)
      let damaged = try outcomes(comparisons(Comparison.damagedUserSessionKeyring), of: subject)
      let outcomes = forbidden + damaged
      return [
        "sessions": outcomes.count,
        "failed": count(outcomes) { !$0.isOpened },
        "callers left changed": count(outcomes) { !$0.callerIsSame },
        // Where keyctl is forbidden, as in containers, each session would have a line.
        "logged too little or too much": count(forbidden) { !$0.log.isEmpty }
          + count(damaged) { $0.log.count != 1 },
      ]
    }
    #expect(figures["sessions"] == 8)
    #expect(figures["failed"] == 0)
    #expect(figures["callers left changed"] == 0)
    #expect(figures["logged too little or too much"] == 0)
  }

  @Test func badArgumentsLetTheLoginGoOn() throws {
    let figures = try compare("bad arguments") { subject in
      let outcomes = try BadArguments.vectors.values.map {
        try BadArguments.session($0, of: subject)
      }
      return [
        "given": BadArguments.vectors.values.map(\.count).reduce(0, +),
        "logins failed": count(outcomes) { !$0.isOpened },
        "crashes": count(outcomes) { $0.transcript.exitStatus != 0 },
        "logged": outcomes.map(\.log.count).reduce(0, +),
      ]
    }
    #expect(figures["logins failed"] == 0)
    #expect(figures["crashes"] == 0)
    #expect(figures["logged"] == figures["given"])
  }
}
