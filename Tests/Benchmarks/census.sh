#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# What `session-keyring ps` takes beside more and more processes, each with a session keyring of its own: the
# quickest and the median of ten runs, in milliseconds. As root; `make tool` comes first.

set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
clang -O2 -o "$work/crowd" Tests/Benchmarks/crowd.c -lkeyutils

# shellcheck disable=SC2317 # runs in another shell
measure() {
  for _ in $(seq 10); do
    begin=${EPOCHREALTIME/./}
    "$@" >/dev/null
    echo $((${EPOCHREALTIME/./} - begin))
  done | sort -n | awk '{ time[NR] = $1 / 1000 } END { printf "%.0f %.0f", time[1], (time[5] + time[6]) / 2 }'
}
export -f measure

printf '| processes | text, ms: minimum median | JSON, ms: minimum median |\n| --- | --- | --- |\n'
for count in 100 1000 2500 5000 10000; do
  # shellcheck disable=SC2016 # expanded there
  "$work/crowd" "$count" bash -c '
    printf "| %d | %s | %s |\n" "$0" "$(measure build/session-keyring ps)" \
      "$(measure build/session-keyring ps --json)"' "$count"
done
