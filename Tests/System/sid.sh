#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Builds the Debian packages in a chroot of unstable, from what `make dist` made, with Debian's own Swift and
# without a network; has lintian judge them; and runs the tests there.

set -euo pipefail
cd "$(dirname "$0")/../.."

# shellcheck source=Tests/System/mmdebstrap.sh
. Tests/System/mmdebstrap.sh
# shellcheck source=Tests/System/new-root.sh
. Tests/System/new-root.sh
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

# A mirror that stands still is as good here, though what it says of unstable holds for a week only.
mmdebstrap --quiet --variant=buildd --aptopt='Acquire::Check-Valid-Until "false"' sid "$work/root" \
  "$mirror"
mkdir "$work/root/build"
cp build/dist/pam-session-keyring_* "$work/root/build"

enter "$work/root" '
  cd /build
  dpkg-source -x ./*.dsc source
  cd source
  apt-get -qq update
  apt-get -qqy --no-install-recommends build-dep ./
  apt-get -qqy --no-install-recommends install iproute2 lintian
  unshare --net sh -c "ip link set lo up && dpkg-buildpackage -us -uc"
  # What Debian 12 still asks for, and its debhelper; and who uploads the package names themselves.
  lintian --allow-root -EviIL +pedantic --suppress-tags redundant-priority-optional-field \
    --suppress-tags redundant-rules-requires-root-no-field \
    --suppress-tags package-uses-old-debhelper-compat-version \
    --suppress-tags no-human-maintainers ../*.changes 2>/dev/null | tee ../lintian.log
  if grep -q "^[EWIPX]:" ../lintian.log; then exit 1; fi
  make PROFILE= test'
