#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Fails where a word stands that the field has another for, or a phrase that has to be read twice.

set -eu

status=0

# retired PATTERN BETTER FILE...: prints each line that has it.
retired() {
  pattern=$1 better=$2
  shift 2
  if git grep -nPI "$pattern" -- "$@" ':!Tests/words.sh' ':!LICENSE'; then
    echo "  better: $better"
    status=1
  fi
}

# Identifiers.
code='Sources/*.swift Tests/*.swift'
# shellcheck disable=SC2086 # a list
identifier() { retired "$1" "$2" $code; }
identifier '\b(Establishing|Joining)\b' 'Session+Open, KeyringSetup'
identifier '\b(OwnIdentity|giveBack|takeBack|ThreadTraces|Loan)\b' \
  'BorrowedCredentials, restore, SavedProcessState, UIDTransition'
identifier '\b(lookAround|SessionKeyringLook)\b' 'inspect, SessionKeyringInspector'
identifier '\b(enum|struct|class) (Call|Look|Standing|Way|Place|Owner|Trouble|Problem)\b' \
  'ServiceFunction, inspect, KeyringOrigin, State, SourceLocation, AccountName, SyntaxError'
identifier '\b(UsersKeyring|UserKeyrings|KnownKeyring|ThreadOfItsOwn|concernsLinkAlone)\b' \
  'UserKeyring, ProcKeysEntry, withNewThread, isLinkSpecific'
identifier '\b(Undecidable|Unavailable|CannotOpen)\b' 'SyntaxError, ReadError, InspectionError'
identifier '\bErrno\.last\b' 'Errno.current'
identifier '\b(class|struct|enum) (Login|Machine|Bearing|Hardship|FaultCell)\b' \
  'PAMFixture, ConfigurationFixture, Agreement, Comparison, FaultResult'
# A display manager and a user manager are things of the field.
identifier '(?i)\b(ring|helpers?|utils|ctx)\b|(?<!display )(?<!user )\bmanagers?\b' \
  'keyring, or what it does'

# What people read.
# shellcheck disable=SC2086 # a list
text() { retired "$1" "$2" $code '*.md' 'man/*' 'pam.d/*' 'Tests/*.sh' 'debian/*' '*.svg'; }
text '\b(that|which) (is|are) none\b' 'is invalid, does not exist'
text 'to be had\b' 'available'
text '\bhas against\b' 'what prevents it'
text '\b(brought|bring) along\b' 'inherited'
text "\\bof root's\\b(?! (keys|quota|own|ids))" 'that root owns, that runs as root'
text '\bleft alone\b' 'not touched, ignored'

exit $status
