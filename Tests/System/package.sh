#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Builds the Debian packages in a clean chroot, from what `make dist` made and with this machine's Swift, and
# has Debian's own tools judge them, lintian those of later releases too. They are in build/deb afterwards.

set -euo pipefail
cd "$(dirname "$0")/../.."

profile=pkg.pam-session-keyring.local-swift
module=libpam-session-keyring
tools=(autopkgtest mmdebstrap piuparts reprotest)
dpkg -s "${tools[@]}" >/dev/null 2>&1 || {
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qqy --no-install-recommends install "${tools[@]}"
}

# shellcheck source=Tests/System/mmdebstrap.sh
. Tests/System/mmdebstrap.sh
# shellcheck source=/dev/null
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
swift=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")
work=$(mktemp -d)
chroot=$work/chroot
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  umount "$work/testbed/proc" "$chroot/proc" "$chroot$swift" 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

inside() {
  chroot "$chroot" env -i HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH="$swift/bin:/usr/sbin:/usr/bin:/sbin:/bin" bash -euo pipefail -c "cd /source && $1"
}

# judge WHAT COMMAND...: runs it, and shows what it said if it is not content. In a subshell, since an
# invalid name of a variable ends the shell.
passed=0 failed=0
judge() {
  if ("${@:2}") >"$work/log" 2>&1; then
    passed=$((passed + 1))
    echo "passed: $1"
  else
    failed=$((failed + 1))
    tail -n 50 "$work/log"
    echo "FAILED: $1"
  fi
}

# What swift.org's toolchain needs for itself comes first. Debian builds without a network, and so does
# this; but for the loopback interface, without which Foundation's Process waits for ever.
build() {
  inside "apt-get -qq update
    apt-get -qqy --no-install-recommends install blhc iproute2 lintian \
      libcurl4 libncurses6 libsqlite3-0 libstdc++-12-dev libuuid1 libxml2 zlib1g tzdata
    apt-get -qqy --no-install-recommends build-dep -P $profile ./
    unshare --net sh -c 'ip link set lo up && dpkg-buildpackage -us -uc -P$profile' 2>&1 |
      tee ../build.log" &&
    install -D -m 644 -t build/deb "$chroot"/*.deb "$chroot"/*.changes "$chroot"/*.buildinfo \
      "$chroot"/*.dsc "$chroot"/*.tar.*
}

# The tarballs come out the same from another clone, by other hands.
distribute_twice() {
  git clone --quiet . "$work/clone"
  cp -r vendor "$work/clone"
  (cd "$work/clone" && umask 077 && TZ=Asia/Tokyo LC_ALL=C make dist)
  (cd build/dist && sha256sum ./*) | (cd "$work/clone/build/dist" && sha256sum -c)
}

# No tag at all, whatever its weight.
lint() {
  inside "lintian --allow-root -EviIL +pedantic $* ../*.changes 2>/dev/null | tee ../lintian.log
    ! grep -q '^[EWIPX]:' ../lintian.log"
}

# lint_in RELEASE OPTION...: by the lintian of another release, in a chroot of its own.
lint_in() {
  local chroot=$work/$1
  mmdebstrap --quiet --variant=apt --include=lintian "$1" "$chroot" "$mirror"
  mkdir "$chroot/source"
  cp build/deb/* "$chroot"
  lint "${@:2}"
}

# blhc knows a compiler by gcc's names alone. The program that it is told to leave out is what
# Package.swift becomes while SwiftPM reads it.
check_flags() {
  inside 'sed -E "s#[^ ]*/clang -#cc -#" ../build.log >../blhc.log
    blhc --all --debian --ignore-line ".*-lPackageDescription.*" ../blhc.log'
}

# depends_on PACKAGE DEPENDENCY...
depends_on() {
  dpkg-deb --field build/deb/"$1"_*.deb Depends | tr ',' '\n' | sed 's/(.*//; s/ //g' |
    sort | xargs | grep -Fx "${*:2}"
}

depends_on_little() {
  depends_on $module libc6 libpam-runtime libpam0g &&
    depends_on session-keyring libc6 libgcc-s1 libkeyutils1 libstdc++6
}

# Beyond documentation, in bytes.
is_small() {
  dpkg-deb --fsys-tarfile build/deb/${module}_*.deb | tar -tv |
    awk '!/usr\/share\/(doc|man)/ { bytes += $3 } END { print bytes; exit bytes > 40 * 1024 }'
}

build_twice() {
  cp -r "$chroot/source" "$work/twice"
  (cd "$work/twice" && reprotest --vary=-all,+build_path,+home,+locales,+timezone,+umask \
    --vary=+environment,+exec_path \
    -c "DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -us -uc -b -P$profile" . '../*.deb')
}

install_and_remove() {
  piuparts --basetgz="$work/base.tar.gz" --distribution="$suite" --no-eatmydata \
    --mirror="$mirror main" build/deb/{"$module",session-keyring}_*.deb
}

# autopkgtest mounts nothing, and Swift finds a program's arguments in /proc. It runs no test here that asks
# for a container, and ends with 2 where all others passed: `make test-clients` runs that.
test_installed() {
  mkdir "$work/testbed"
  tar -xzf "$work/base.tar.gz" -C "$work/testbed"
  mount -t proc proc "$work/testbed/proc"
  autopkgtest --apt-upgrade --skip-test logins build/deb/{"$module",session-keyring}_*.deb ./ \
    -- chroot "$work/testbed" || [ $? = 2 ]
}

rm -rf build/deb
mmdebstrap --quiet --variant=minbase "$suite" "$work/base.tar.gz"
mkdir -p "$chroot$swift"
tar -xzf "$work/base.tar.gz" -C "$chroot"
cp build/dist/pam-session-keyring_*.orig* "$chroot"
dpkg-source -x build/dist/*.dsc "$chroot/source"
cp /etc/resolv.conf /etc/hosts "$chroot/etc"
mount -o ro,bind "$swift" "$chroot$swift"
mount -t proc proc "$chroot/proc"

judge 'dpkg-buildpackage, in a clean chroot' build
judge 'make dist, twice' distribute_twice
# These know no later policy than their own.
judge 'lintian' lint --suppress-tags newer-standards-version
judge 'lintian of Debian 13' lint_in trixie --suppress-tags newer-standards-version
judge 'blhc' check_flags
judge 'dependencies' depends_on_little
judge 'size' is_small
judge 'reprotest' build_twice
judge 'piuparts' install_and_remove
judge 'autopkgtest' test_installed
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
