#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Builds the Debian packages in a chroot of unstable, with Debian's own Swift and without a network, and
# runs the tests there.

set -euo pipefail
cd "$(dirname "$0")/../.."

# shellcheck source=Tests/System/mmdebstrap.sh
. Tests/System/mmdebstrap.sh
work=$(mktemp -d)
root=$work/root
trap 'rm -rf --one-file-system "$work"' EXIT

# A mirror that stands still is as good here, though what it says of unstable holds for a week only.
mmdebstrap --quiet --variant=buildd --aptopt='Acquire::Check-Valid-Until "false"' sid "$root" \
  "$mirror"
mkdir "$root/source" "$root/outside"
make --silent source-copy COPY="$root/source"
cp /etc/resolv.conf /etc/hosts "$root/etc"

# A new root rather than chroot(2), behind which no user namespace can be made, unshare(2).
# shellcheck disable=SC2016 # expanded inside
unshare --mount bash -euo pipefail -c '
  mount --bind "$1" "$1"
  for place in proc dev sys; do mount --rbind "/$place" "$1/$place"; done
  cd "$1"
  pivot_root . outside
  umount --lazy /outside
  cd /
  exec env -i HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -euo pipefail -c "
      cd /source
      apt-get -qq update
      apt-get -qqy --no-install-recommends build-dep ./
      apt-get -qqy --no-install-recommends install iproute2
      unshare --net sh -c \"ip link set lo up && dpkg-buildpackage -us -uc -b\"
      make PROFILE= test"' -- "$root"
