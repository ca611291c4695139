# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# For machines.sh and installed.sh to source. What machines are made of, and the key to them, in $cache.

make_cache() {
  mkdir -p "$cache"
  [ -e "$cache/key" ] || ssh-keygen -q -t ed25519 -N '' -C machines -f "$cache/key"
}

# cached PART SUITE [FILE...]: leaves in $made the name of what make_PART makes of a Debian release. The name says
# what the recipe is made of: PART.sh, unless there are FILEs. What older ones made stays until `make clean`:
# another run may be using it.
cached() {
  local recipe=("${@:3}")
  made=$cache/$1-$2-$(cd "$here" && cat packages.sh "${recipe[@]:-$1.sh}" | sha256sum | cut -c 1-12)
  [ -e "$made" ] || step "make: $1, $2" "make_$1" "$2" "$made"
}
