import Testing
@testable import SessionKeyringModule
@Test func x() {}
