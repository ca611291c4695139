#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# What `session-keyring audit` takes for more and more copies of this machine's service su, in seconds of a
# processor: where the module is missing, so that there is nothing to advise, and with advice for each. `make
# build` comes first.

set -euo pipefail
cd "$(dirname "$0")/../.."

libraries=/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# measure COUNT: of a tree with so many.
measure() {
  local root=$work/$1 number
  mkdir -p "$root/etc/pam.d" "$root$libraries/security"
  cp /etc/pam.d/{common-*,other} "$root/etc/pam.d"
  cp "$libraries/libpam.so.0" "$root$libraries"
  cp "$libraries"/security/*.so "$root$libraries/security"
  rm -f "$root$libraries/security/pam_session_keyring.so"
  for number in $(seq "$1"); do cp /etc/pam.d/su "$root/etc/pam.d/su$number"; done
  printf '| %d | %s' "$1" "$(audit "$root")"
  cp build/pam_session_keyring.so "$root$libraries/security"
  printf ' | %s |\n' "$(audit "$root")"
}
audit() {
  local TIMEFORMAT='%U'
  { time build/session-keyring audit --root "$1" >"$work/report"; } 2>&1
}

printf '| services | without the module | with advice |\n| --- | --- | --- |\n'
for count in 100 1000 5000; do measure "$count"; done
