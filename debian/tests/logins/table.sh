#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# The table: a row for each client, a line for each other fact, and the count of both.

passed=0
failed=0
columns=

# section TITLE [COLUMN...]: without columns, those that look.sh prints.
section() {
  printf '\n%s\n' "$1"
  shift
  [ $# != 0 ] || set -- keyring owner @us @u "user's" "root's"
  columns="client $* result"
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

# cells FIRST... LAST
cells() {
  printf '%-44s' "$1"
  while [ $# != 2 ]; do
    shift
    printf ' | %-7s' "$1"
  done
  printf ' | %s\n' "$2"
}

# row CLIENT EXPECTED SEEN, the latter two as words, one for each column.
row() {
  # shellcheck disable=SC2086 # a word a column
  [ ! "$columns" ] || cells $columns
  columns=
  count "$2" "$3"
  # shellcheck disable=SC2086
  cells "$1" $3 "$verdict"
}

# The clients through which each user can log in.
clients='sshd sshd_terminal login su su_login sudo sudo_login sudo_by_amy pkexec cron atd'

# rows NAME: the logins of each user through each client, all in session keyrings of this name.
rows() {
  for client in $clients; do
    for user in amy ben root; do
      expected="$1 $user yes yes yes no"
      [ "$user" != root ] || expected="$1 root yes yes - no"
      row "$client, $user" "$expected" "$(through "$client" "$user" /srv/logins/look.sh)"
    done
  done
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
