# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# For machines.sh to source. Desktops take long, and a machine has one processor: the set-ups run side by side.

# run_at_once SET-UP...: as run_set_ups. What they found is put together.
run_at_once() {
  local set_up good bad part
  parts=()
  for set_up; do
    (run_apart "$set_up") &
    parts+=($!)
  done
  for part in "${parts[@]}"; do
    wait "$part" || true
  done
  parts=()
  for set_up; do
    if [ ! -e "$work/$set_up/count" ]; then
      failed=$((failed + 1))
      continue
    fi
    read -r good bad <"$work/$set_up/count"
    passed=$((passed + good))
    failed=$((failed + bad))
    cat "$work/$set_up/machines" >>"$work/machines"
    cp "$work/$set_up/$title.$set_up" "$work"
  done
}

# A machine's files are its own.
run_apart() {
  local whole=$work
  work=$work/$1
  mkdir "$work"
  trap end_part EXIT
  trap 'exit 1' HUP INT TERM
  run_set_ups "$1"
  echo "$passed $failed" >"$work/count"
  [ "$failed" = 0 ]
}

end_part() {
  [ $? = 0 ] || cp "$work"/*.log "$top/build" || true
  [ ! "$machine" ] || kill "$machine" 2>/dev/null || true
}
parts=()
