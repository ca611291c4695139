#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# home.sh RELEASE [TARGET...]: `make demo` and `make test`, or these, from a new clone, in a new chroot of a Debian
# release that has nothing but make, git and Swift. Prints the first and last lines of each, and how long it took; the
# whole is in build/home-RELEASE-*.log.

set -euo pipefail
cd "$(dirname "$0")/../.."

release=$1
shift
[ $# != 0 ] || set -- demo test
# shellcheck source=Tests/System/mmdebstrap.sh
. Tests/System/mmdebstrap.sh
# shellcheck source=Tests/System/new-root.sh
. Tests/System/new-root.sh
swift=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

mmdebstrap --quiet --variant=minbase --include=ca-certificates,git,make \
  "$release" "$work/root" "$mirror"
git clone --quiet . "$work/root/source"
# As a machine has it that has fetched it: `make test` checks the sum.
make --silent vendor
cp -r vendor "$work/root/source"
mkdir -p build

for target; do
  log=build/home-$release-$target.log
  begin=$SECONDS
  enter "$work/root" "cd /source && make $target" "$swift" >"$log" 2>&1 || {
    grep -E '✘|error:' "$log" | cut -c 1-300 | head -n 40 || true
    tail -n 20 "$log" | cut -c 1-300
    echo "FAILED: make $target on $release, whole log in $log"
    exit 1
  }
  echo "$release, make $target: $((SECONDS - begin)) s"
  sed -n '1s/^/  /p' "$log"
  echo '  ...'
  tail -n 1 "$log" | sed 's/^/  /'
done
