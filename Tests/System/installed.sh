#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# installed.sh OLD-DIRECTORY PACKAGE...: on machines that boot Debian 12 and 13, apt installs the packages, in the
# place of an older version too, and purges them. An administrator's choices stay.
#
# By hand: RELEASES, some of them.
#
# shellcheck disable=SC2016,SC2034,SC2154 # its parts share their variables; what is quoted is for the machine

set -euo pipefail
old=$(realpath "$1")
shift
packages=$(realpath "$@")
top=$(realpath "$(dirname "$0")/../..")
here=$top/Tests/System/Machines
work=$(mktemp -d "${TMPDIR:-/tmp}/machines.XXXXXXXXXX")
cache=$top/.build-machines
for part in tools steps packages cached root kernel boot; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

# The machine reaches nothing: what the packages depend on is there.
# shellcheck disable=SC2086 # a word a package
send() {
  mkdir "$work/new"
  cp $packages "$work/new"
  tar -C "$work" -c new -C "$(dirname "$old")" --transform "s,^$(basename "$old"),old," "$(basename "$old")" |
    to root 127.0.0.1 'tar --no-same-owner -xC /srv'
  rm -r "$work/new"
}

# A machine that is emulated takes its time.
apt() {
  reach root "rm -f /run/apt.status; {
    DEBIAN_FRONTEND=noninteractive apt-get -qy $*; echo \$? >/run/apt.status; } >/run/apt.log 2>&1 &"
  wait_for 900 reach root 'test -s /run/apt.status' && reach root 'cat /run/apt.log; exit "$(cat /run/apt.status)"'
}
install_old() { apt install '/srv/old/*session-keyring_*.deb'; }
install_new() { apt install '/srv/new/*.deb'; }
purge() { apt purge libpam-session-keyring session-keyring; }

# What is on the disk, but for logs and what apt, dpkg and systemd keep for themselves; and what PAM's files say.
files() {
  reach root 'cd / && find etc usr var -xdev ! -type d ! -path "var/log/*" ! -path "var/cache/*" \
    ! -path "var/lib/dpkg/*" ! -path "var/lib/apt/*" ! -path "var/lib/systemd/*" -printf "%p %s %l\n" | sort
    sha256sum /etc/pam.d/* /var/lib/pam/*'
}

# lines: the module's lines, whose files have to agree. pam-auth-update sorts the arguments of an edited one.
lines() {
  reach root 'sed -n "s/.*pam_session_keyring.so */line:/p" /etc/pam.d/common-session{,-noninteractive}' |
    sort -u | tr -d '\t' | sed 's/ *$//' | xargs
}

login() { reach root "session-keyring renew -- su alice -c 'session-keyring status'" | head -n 1; }
own='explicit: session keyring owned by this user'

# try SUITE TITLE
try() {
  local kernel suite=$1 title=$2
  cached kernel "$suite"
  kernel=$made
  cached root "$suite"
  step "boot: $title" boot "$suite" "$kernel" "$made"
  step "send: $title" send

  files >"$work/before"
  step "install: $title" install_new
  check "$title, installed" line: "$(lines)"
  check "$title, a login" "$own" "$(login)"
  check "$title, who logs in by ssh" alice "$(to alice 127.0.0.1 'id -un' </dev/null)"
  step "purge: $title" purge
  files >"$work/after"
  check "$title, left by purge" '' "$(diff "$work/before" "$work/after" | head -n 5)"

  step "the older version: $title" install_old
  check "$title, the older version" line: "$(lines)"
  reach root 'DEBIAN_FRONTEND=noninteractive pam-auth-update --disable session-keyring'
  step "upgrade, disabled: $title" install_new
  check "$title, upgraded while disabled" '' "$(lines)"
  step "purge: $title" purge

  step "the older version again: $title" install_old
  reach root 'sed -i "s/pam_session_keyring.so.*/pam_session_keyring.so link=user-session debug/" \
    /etc/pam.d/common-session /etc/pam.d/common-session-noninteractive'
  step "upgrade, edited: $title" install_new
  check "$title, upgraded with edited arguments" 'line:debug link=user-session' "$(lines)"
  check "$title, a login then" "$own" "$(login)"
  step "purge: $title" purge
  files >"$work/after"
  check "$title, left by purge at last" '' "$(diff "$work/before" "$work/after" | head -n 5)"
  check "$title, who logs in by ssh at last" alice "$(to alice 127.0.0.1 'id -un' </dev/null)"
  halt
}

mkdir -p "$top/build"
step 'install tools' install_tools
make_cache
# shellcheck source=Tests/System/mmdebstrap.sh
. "$top/Tests/System/mmdebstrap.sh"
for release in ${RELEASES-bookworm trixie}; do try "$release" "$release"; done
sum_up
