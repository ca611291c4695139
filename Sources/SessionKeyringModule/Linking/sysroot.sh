#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# sysroot.sh ARCH DIRECTORY: what the module includes and is linked with, of Debian's for another
# architecture, and the tools for its objects. Nothing in it is run.

set -euo pipefail

arch=$1 root=$2
gnu=$(dpkg-architecture -A"$arch" -qDEB_TARGET_GNU_TYPE)
tools=(mmdebstrap "binutils-${gnu//_/-}")
dpkg -s "${tools[@]}" >/dev/null 2>&1 || {
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qqy --no-install-recommends install "${tools[@]}"
}

# shellcheck disable=SC2016 # apt's own variables
read -r suite mirror < <(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' \
  'Created-By: Packages' 'Label: Debian')
work=$(mktemp -d "$root.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT

# A mirror that stands still is as good here, though what it says of unstable holds for a week only.
# The text of libc.so names files in /lib.
# shellcheck disable=SC2016 # mmdebstrap's own variable
mmdebstrap --quiet --variant=extract --architectures="$arch" \
  --aptopt='Acquire::Check-Valid-Until "false"' \
  --setup-hook='mkdir -p "$1/usr/lib" && ln -s usr/lib "$1/lib"' \
  --include=libc6-dev,libkeyutils-dev,libpam0g-dev "$suite" "$work/root" "$mirror"
# An absolute link of Debian 12's leads out of here, and the linker would take libpam.a instead.
ln -sf libpam.so.0 "$work/root/usr/lib/$gnu/libpam.so"
mv "$work/root" "$root"
