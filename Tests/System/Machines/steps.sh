# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. One line for each step with how long it took; a count of what passed.

passed=0
failed=0

# step WHAT COMMAND...: runs it, and shows what it said if it fails. What fails here ends the run.
step() {
  local what=$1 begin=$SECONDS
  shift
  if "$@" >"$work/step.log" 2>&1; then
    printf '%4d s  %s\n' $((SECONDS - begin)) "$what"
  else
    tail -n 40 "$work/step.log"
    printf '%4d s  FAILED: %s\n' $((SECONDS - begin)) "$what"
    exit 1
  fi
}

# check WHAT EXPECTED SEEN
check() {
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n  expected: %s\n  seen:     %s\n' "$@"
  fi
}

# note MACHINE KERNEL SYSTEMD: what was checked since the last one, for the table.
note() {
  printf '| %s | %s | %s | %d | %d |\n' "$@" $((passed + failed - noted)) $((passed - noted_passed)) \
    >>"$work/machines"
  noted=$((passed + failed))
  noted_passed=$passed
}
noted=0
noted_passed=0

sum_up() {
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" = 0 ]
}

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return
    sleep 0.3
  done
}
