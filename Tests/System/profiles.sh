#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Installs the package in chroots of these suites beside packages that check passwords by profiles of
# their own, before it and after it: who can log in, and how, is byte for byte what it is without it.
#
# profiles.sh PACKAGE [SUITE...]

set -euo pipefail

package=$(realpath "$1")
shift
[ $# != 0 ] || set -- bookworm trixie

# shellcheck source=Tests/System/mmdebstrap.sh
. "$(dirname "$0")/mmdebstrap.sh"
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

inside() {
  chroot "$root" env -i HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" >>"$work/log" 2>&1 </dev/null
}

# make_chroot SUITE: without daemons. Some of the packages would leave libpam-systemd behind: it is there.
make_chroot() {
  root=$work/$1
  mmdebstrap --quiet --variant=apt --include=libpam-systemd --skip=cleanup/apt \
    "$1" "$root" "$mirror" >"$work/log" 2>&1
  cp /etc/resolv.conf /etc/hosts "$root/etc"
  cp "$package" "$root/package.deb"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
}

# keep NAME: what common-* is now.
keep() {
  rm -rf "${work:?}/$1"
  mkdir "$work/$1"
  cp "$root"/etc/pam.d/common-* "$work/$1"
}

passed=0 failed=0
# same WHEN KEPT FILE...: these files are what they were.
same() {
  local when=$1 kept=$2 file
  shift 2
  for file; do
    if cmp "$work/$kept/$file" "$root/etc/pam.d/$file"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      diff "$work/$kept/$file" "$root/etc/pam.d/$file" || true
      echo "FAILED: $when: $file"
    fi
  done
}

checks=(common-auth common-account common-password)
sessions=(common-session common-session-noninteractive)

# enable PACKAGE: its profiles, which not all are of themselves.
enable() {
  local profiles
  inside apt-get -qy --no-install-recommends install "$1"
  profiles=$(chroot "$root" dpkg -L "$1" | sed -n 's#^/usr/share/pam-configs/##p')
  # shellcheck disable=SC2086 # words
  [ -z "$profiles" ] || inside pam-auth-update --enable $profiles
}

# beside PACKAGE: before ours, with each of our profiles, without ours again, and after ours.
beside() {
  enable "$1"
  keep theirs
  cmp -s "$work/plain/common-auth" "$work/theirs/common-auth" && echo "$1: no line in common-auth"
  inside dpkg -i /package.deb
  same "$1, then ours" theirs "${checks[@]}"
  inside pam-auth-update --disable session-keyring --enable session-keyring-shared
  same "$1, then our second profile" theirs "${checks[@]}"
  grep -q 'pam_session_keyring.so join=login' "$root/etc/pam.d/common-session"
  inside apt-get -qy purge libpam-session-keyring
  same "$1, ours purged" theirs "${checks[@]}" "${sessions[@]}"

  inside apt-get -qy --autoremove purge "$1"
  same "$1 purged" plain "${checks[@]}" "${sessions[@]}"
  inside dpkg -i /package.deb
  enable "$1"
  same "ours, then $1" theirs "${checks[@]}"
  grep -q pam_session_keyring "$root/etc/pam.d/common-session"
  inside apt-get -qy --autoremove purge "$1" libpam-session-keyring
  same "both purged" plain "${checks[@]}" "${sessions[@]}"
}

# vendors_systemd_user: our copy is the suite's file without pam_keyinit.
vendors_systemd_user() {
  local ours=$root/usr/share/doc/libpam-session-keyring/examples/systemd-user
  inside dpkg -i /package.deb
  if diff <(grep '^[^#]' "$root/usr/lib/pam.d/systemd-user" | grep -v pam_keyinit) \
    <(grep '^[^#]' "$ours"); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: systemd-user is not the suite's file without pam_keyinit"
  fi
}

for suite; do
  make_chroot "$suite" || { cat "$work/log"; exit 1; }
  keep plain
  for other in libpam-{sss,ldapd,winbind,krb5,fprintd,systemd-homed} systemd-homed; do
    if inside apt-cache show "$other"; then
      beside "$other" || { tail -n 30 "$work/log"; exit 1; }
      echo "$suite, $other: $passed passed, $failed failed"
    else
      echo "$suite, $other: not in the suite"
    fi
  done
  vendors_systemd_user
  rm -rf --one-file-system "$root"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
