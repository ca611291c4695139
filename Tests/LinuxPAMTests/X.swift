import Testing
@testable import LinuxPAM
@Test func x() {}
