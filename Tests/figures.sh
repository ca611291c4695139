#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Prints what the long tests and the fuzzer counted, and writes it into docs/verification.md.

set -eu

figures=$(sort build/figures.tsv build/fuzz.tsv)
echo "$figures" | awk -F'\t' '
  BEGIN { printf "\n%-90s %11s %19s\n", "", "pam_keyinit", "pam_session_keyring" }
  { printf "%-90s %11s %19s\n", $1, $2, $3 }'

table=$(echo "$figures" | awk -F'\t' '
  BEGIN { print "| | pam_keyinit | pam_session_keyring |\n| --- | --- | --- |" }
  { printf "| %s | %s | %s |\n", $1, $2, $3 }')
awk -v "table=$table" '
  /^<!-- end of figures/ { isOld = 0 }
  !isOld { print }
  /^<!-- figures/ { print table; isOld = 1 }' docs/verification.md >build/verification.md
mv build/verification.md docs/verification.md
