#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Makes libpams that this machine does not have, from the sources in Debian's archive, with the compiler
# alone: as upstream publishes them, and as Debian 13 patches them. Each is DIRECTORY/NAME/libpam.so.0.
#
# libpam.sh DIRECTORY

set -euo pipefail
libpams=(debian-1.5.2 debian-1.7.0 upstream-1.5.2 upstream-1.7.0 upstream-1.7.0-vendor)
for libpam in "${libpams[@]}"; do
  [ -e "$1/$libpam/libpam.so.0" ] || missing=1
done
[ -n "${missing-}" ] || exit 0
rm -rf "$1"
mkdir -p "$1"
cd "$1"
work=$PWD

# shellcheck disable=SC2016 # apt's own variables
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' |
  sed -n 1p)
mkdir -p apt/lists/partial
printf 'deb-src %s %s main\n' "$mirror" bookworm "$mirror" trixie >apt/sources.list
sources() {
  apt-get -qq -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$work/apt/lists" -o APT::Sandbox::User=root \
    -o Acquire::Check-Valid-Until=false "$@"
}
sources update

# fetch SUITE: the source as it is published in SUITE/upstream, and as Debian has it in SUITE/debian.
fetch() {
  mkdir "$1" "$1/upstream"
  if ! (
    cd "$1"
    sources --download-only source "pam/$1"
    dpkg-source --no-check --extract ./*.dsc debian
    tar -xf ./*.orig.tar.xz -C upstream --strip-components=1
  ) >"$1.log" 2>&1; then
    cat "$1.log" >&2
    exit 1
  fi
}

# What the build would find out. It does not matter to how files are read.
cat >config.h <<'END'
#define _GNU_SOURCE 1
#define PACKAGE "Linux-PAM"
#include <libintl.h>
#define ENABLE_NLS 1
#define _(msgid) dgettext(PACKAGE, msgid)
#define N_(msgid) msgid
#define UNUSED __attribute__((unused))
#define PAM_PATH_RANDOMDEV "/dev/urandom"
#define PAM_USERTYPE_UIDMIN 1000
#define PAM_USERTYPE_SYSUIDMIN 101
#define PAM_USERTYPE_OVERFLOW_UID 65534
#define HAVE_EXPLICIT_BZERO 1
END

# build NAME SOURCE ISA [DEFINITION...]: fortified as Debian's is, since the tests' driver takes the place of
# __syslog_chk(3). 1.5.2 calls what it does not declare, in a function that nothing calls: gcc 14 refuses that.
modules=/lib/$(gcc -print-multiarch)/security/
build() {
  mkdir "$1"
  local sources=("$2"/libpam/*.c)
  [ ! -e "$2/libpam_internal" ] || sources+=("$2/libpam_internal/pam_line.c")
  gcc -O2 -D_FORTIFY_SOURCE=2 -fPIC -shared -w -Wno-error=implicit-function-declaration \
    -Wl,-z,defs -include config.h -I. -I"$2/libpam/include" -I"$2/libpam" \
    -I"$2/libpam_internal/include" -DLIBPAM_COMPILE -DDEFAULT_MODULE_PATH="\"$modules\"" \
    -D_PAM_ISA="\"$3\"" "${@:4}" -Wl,--version-script="$2/libpam/libpam.map" \
    -Wl,-soname,libpam.so.0 -o "$1/libpam.so.0" "${sources[@]}"
}

fetch bookworm
# dpkg-source(1) does not know of the directory in which that package has its patches.
for patch in 031_pam_include lib_security_multiarch_compat 045_pam_dispatch_jump_is_ignore; do
  patch -d bookworm/debian -p1 -s <"bookworm/debian/debian/patches-applied/$patch"
done
fetch trixie
# The names are those in `libpams`. Upstream's $ISA is made of the name of the directory that libpam is in,
# lib64 for most.
build debian-1.5.2 bookworm/debian /lib/security
build upstream-1.5.2 bookworm/upstream "../../$(gcc -print-multiarch)/security"
build upstream-1.7.0 trixie/upstream ../../lib64/security
build upstream-1.7.0-vendor trixie/upstream ../../lib64/security '-DVENDORDIR="/usr/etc"'
build debian-1.7.0 trixie/debian /usr/lib/security
rm -rf apt bookworm* trixie* config.h
