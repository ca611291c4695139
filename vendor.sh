#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# vendor.sh DIRECTORY [URL]
#
# Puts swift-argument-parser into DIRECTORY, if it is not there or has been changed. Source with another sum
# than the one below is refused before anything of it runs or is read by SwiftPM.

set -eu

version=1.8.2
expected=67e6439552fe98d6e2ea79a931146d00f3416499add82deddff068e64dafa750
directory=$1/swift-argument-parser
url=${2:-https://github.com/apple/swift-argument-parser}

# Over all names and contents. What git or tar makes of them differs between their versions.
sum() {
  (cd "$1" && find . ! -type d -print0 | LC_ALL=C sort -z | xargs -0r sha256sum) |
    sha256sum | cut -d ' ' -f 1
}

[ ! -d "$directory" ] || [ "$(sum "$directory")" != $expected ] || exit 0
rm -rf "$directory"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
git -c advice.detachedHead=false clone --quiet --depth 1 --branch $version "$url" "$work/clone"
rm -rf "$work/clone/.git"
# Each link becomes what it leads to: nothing outside is read later that the sum does not cover.
cp -RL "$work/clone" "$work/checked"

found=$(sum "$work/checked")
[ "$found" = $expected ] || {
  echo "refusing swift-argument-parser $version of $url: its sha256 is $found, not $expected" >&2
  exit 1
}
mkdir -p "$(dirname "$directory")"
mv "$work/checked" "$directory"
