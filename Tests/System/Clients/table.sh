#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# The table: a row for each client, a line for each other fact, and the count of both.

passed=0
failed=0
headed=
columns='%-34s | %-10s | %-5s | %-3s | %-3s | %-10s | %-10s | %s\n'

# section TITLE
section() {
  printf '\n%s\n' "$1"
  headed=
}

# count EXPECTED SEEN: leaves the verdict in $verdict.
count() {
  verdict=ok
  if [ "$1" = "$2" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    verdict="FAILED, expected: $1"
  fi
}

# row CLIENT EXPECTED SEEN, the latter two as look.sh prints them.
row() {
  # shellcheck disable=SC2059 # the columns are the format
  [ "$headed" ] || printf "$columns" \
    client keyring owner @us @u "user's key" "root's key" result
  headed=yes
  count "$2" "$3"
  # shellcheck disable=SC2086 # a word a column
  set -- "$1" $3
  # shellcheck disable=SC2059
  if [ $# = 7 ]; then
    printf "$columns" "$@" "$verdict"
  else
    printf '%s: %s\n' "$*" "$verdict"
  fi
}

# fact WHAT EXPECTED SEEN
fact() {
  count "$2" "$3"
  printf '  %-70s %s: %s\n' "$1" "$3" "$verdict"
}

sum_up() {
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" = 0 ]
}
