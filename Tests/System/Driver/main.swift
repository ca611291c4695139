// SPDX-License-Identifier: BSD-3-Clause

// A PAM application for the tests: it does what its arguments say, one after the other, and prints
// what it sees. Whatever a test does to a keyring or an identity stays in this process.

import CDriver

// The test runner's own descriptors get here by accident, and what they lead to changes.
closefrom(3)
Background.prepare()
// nss_wrapper keeps a file open from the first question on.
_ = getpwnam("user")
var script = Script(words: Array(CommandLine.arguments.dropFirst()))
script.run()
