// SPDX-License-Identifier: BSD-3-Clause

import LinuxKeyrings
import LinuxPAM
import Testing

@testable import SessionKeyringModule

struct FailureTests {
  @Test(arguments: [
    (Failure(.lookUpUser, PAMResult.userUnknown), PAMResult.userUnknown, LogPriority.error),
    (Failure(.lookUpUser, PAMResult.abort), .abort, .error),
    (Failure(.storeData, PAMResult.bufferError), .sessionError, .error),
    (Failure(.probe, .notImplemented), .success, .debug),
    (Failure(.probe, .notPermitted), .success, .debug),
    (Failure(.inspect, .keyRevoked), .sessionError, .error),
    (Failure(.borrow, .notPermitted), .sessionError, .error),
    (Failure(.join, .quotaExceeded), .sessionError, .error),
    (Failure(.link, .quotaExceeded), .sessionError, .error),
    (Failure(.restore, .notPermitted), .abort, .critical),
    (Failure(.revoke, .notPermitted), .sessionError, .error),
  ])
  func hasItsResultAndItsPriority(failure: Failure, result: PAMResult, priority: LogPriority) {
    #expect(failure.result(otherwise: .sessionError) == result)
    #expect(failure.priority == priority)
  }

  @Test func saysTheStepAndTheErrno() {
    let steps: [Failure.Step] = [
      .probe, .inspect, .borrow, .join, .link, .leave, .restore, .revoke,
    ]
    let texts = steps.map { step in
      let failure = Failure(step, .quotaExceeded)
      #expect(unsafe failure.outcome.map { unsafe String(cString: $0) } == "EDQUOT")
      return unsafe String(cString: failure.message.text.pointer)
    }
    #expect(Set(texts).count == steps.count)
    for step in [Failure.Step.lookUpUser, .storeData] {
      let failure = Failure(step, PAMResult.bufferError)
      #expect(
        unsafe failure.outcome.map { unsafe String(cString: $0) } == "Memory buffer error")
      #expect(unsafe !texts.contains(String(cString: failure.message.text.pointer)))
    }
  }
}

/// No line names an errno that the kernel did not give.
struct CauseTests {
  @Test(arguments: [Failure.Cause.notRestorable, .refused, .earlierCall])
  func whatIsNoErrnoIsNotCalledOne(cause: Failure.Cause) throws {
    let outcome = try #require(
      unsafe Failure(.borrow, cause).outcome.map { unsafe String(cString: $0) })
    #expect(!outcome.contains(#/^E[A-Z]+$/#))
    #expect(!Failure(.borrow, cause).isQuota)
  }
}

struct CallTests {
  @Test(
    arguments: [
      (0, .establishCredentials), (0x8000, .establishCredentials), (0x2, .establishCredentials),
      (0x4, .deleteCredentials), (0x8004, .deleteCredentials), (0x8, .keepCredentials),
      (0x10, .keepCredentials),
    ] as [(CInt, ServiceFunction)])
  func readsTheFlagsOfSetcred(flags: CInt, function: ServiceFunction) {
    #expect(ServiceFunction(credentialFlags: flags) == function)
  }

  @Test func beginsASessionOrDoesNot() {
    #expect(ServiceFunction.open.opens && ServiceFunction.establishCredentials.opens)
    #expect(
      !ServiceFunction.close.opens && !ServiceFunction.keepCredentials.opens
        && !ServiceFunction.deleteCredentials.opens)
  }

  @Test func hasTheErrorThatLibpamExpects() {
    #expect(ServiceFunction.open.error == .sessionError)
    #expect(ServiceFunction.close.error == .sessionError)
    #expect(ServiceFunction.establishCredentials.error == .credentialError)
    #expect(ServiceFunction.keepCredentials.error == .credentialError)
    #expect(ServiceFunction.deleteCredentials.error == .credentialError)
  }
}
