#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Boots Debian machines with the package under qemu's software emulation, and logs in there in every way.
# The machines reach nothing. `machines.sh PACKAGE...`
#
# shellcheck disable=SC2034,SC2154 # its parts share their variables
#
# SUITES=all: Debian 12 too, and older and newer kernels. DESKTOP=1: display managers instead. FLEET=1:
# two machines, and ansible. By hand: SET_UPS and KINDS, some of them; BREAK, a command that breaks the set-ups on
# purpose.

set -euo pipefail
: "${SUITES=}" "${DESKTOP=}" "${FLEET=}" "${SET_UPS=shipped installed shared}" "${KINDS=}" "${BREAK=}"
packages=$(realpath "$@")
top=$(realpath "$(dirname "$0")/../..")
here=$top/Tests/System/Machines
cache=$top/.build-machines
work=$(mktemp -d "${TMPDIR:-/tmp}/machines.XXXXXXXXXX")
for part in tools steps packages cached root kernel boot arm64 logins matrix census fleet table \
  Desktop/{image,at_once,logins}; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

# set_up NAME: the package lies beside the script in the machine.
# shellcheck disable=SC2086 # a word a package
set_up() {
  mkdir "$work/set-up"
  cp -r "$here"/{,Desktop/}Guest/* $packages "$work/set-up"
  # Debian 13's patch(1), of which the root has none.
  [ "$1" != patched ] || (cd "$work/set-up" && apt_for trixie amd64 -qq download patch) || return
  tar -C "$work/set-up" -c . | to root 127.0.0.1 'mkdir /srv/set-up && tar -xC /srv/set-up' || return
  rm -r "$work/set-up"
  reach root "/srv/set-up/set-up $1 ${BREAK@Q}" || return
  # The next login of root gets what was set up.
  leave root
}

# run TITLE ROOT-SUITE KERNEL-SUITE KINDS SET-UP...
run() {
  local title=$1 kinds=$4 root kernel
  cached kernel "$3"
  kernel=$made
  cached root "$2"
  root=$made
  shift 4
  run_set_ups "$@"
}

# run_desktop TITLE SUITE KINDS SET-UP...
run_desktop() {
  local title=$1 kinds=$3 root kernel matrix=$here/Desktop/matrix.txt memory=2560 graphics=std
  cached desktop_kernel "$2" kernel.sh Desktop/image.sh
  kernel=$made
  cached desktop "$2" root.sh Desktop/image.sh
  root=$made
  shift 3
  run_at_once "$@"
}

# run_set_ups SET-UP...: of a $root under a $kernel.
run_set_ups() {
  local set_up
  for set_up; do
    step "boot: $title, $set_up" boot "${title//[^A-Za-z0-9]/-}-$set_up" "$kernel" "$root"
    step "set up: $title, $set_up" set_up "$set_up"
    run_matrix "$title" "$set_up" "$kinds"
    [ "$DESKTOP" ] || check_census "$title" "$set_up"
    halt
  done
}

# shellcheck disable=SC2086 # a word a set-up
run_all() {
  run 'Debian 13' trixie trixie "$KINDS" $SET_UPS
  if [ "$SUITES" = all ]; then
    run 'Debian 13' trixie trixie "$KINDS" patched
    run 'Debian 12' bookworm bookworm "$short" shipped installed shared
    for release in bullseye bookworm sid; do
      run "Debian 13, $release's kernel" trixie "$release" "$short" installed shared
    done
  fi
  step 'build: for arm64' make -C "$top" --silent module-arm64 build/census.bpf.o
  cached arm64 trixie
  arm64=$made
  step 'run: arm64' run_arm64
  check_arm64
}

mkdir -p "$top/build"
step 'install tools' install_tools
make_cache
if [ "$FLEET" ]; then
  run_fleet
  sum_up
  exit
fi

# shellcheck disable=SC2086 # a word a set-up
if [ "$DESKTOP" ]; then
  run_desktop 'Debian 13, desktop' trixie "$KINDS" $SET_UPS
else
  run_all
fi
write_tables
sum_up
