#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Runs the unit tests with coverage and reports it. The code that decides must be covered whole; the
# code that acts is covered by the black-box tests, whose module is built without counters.

set -eu

deciding='Options Decision Failure ServiceFunction UserIDs KeyringDescription KeyringName UserKeyringSet
  ModuleArguments PAMResult'

swift test --enable-code-coverage --skip SystemTests --skip LongTests
profile=$(dirname "$(swift test --show-codecov-path)")/default.profdata
llvm_cov=$(dirname "$(realpath "$(command -v swift)")")/llvm-cov
tests=$(swift build --show-bin-path)/pam-session-keyringPackageTests.xctest

set --
for name in $deciding; do set -- "$@" "$(find Sources -name "$name.swift")"; done
report=$("$llvm_cov" report "$tests" -instr-profile="$profile" "$@")
echo "$report"
echo "$report" | awk '
  /^TOTAL/ { missed = $3 + $6 + $9 }
  END { if (missed) { print "not covered: " missed > "/dev/stderr"; exit 1 } }'
