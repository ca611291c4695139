# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
#
# For a script to source. `enter ROOT SCRIPT [DIRECTORY]...`: runs the script in the tree, with a network, and
# with these directories of the machine there, read-only; the bin of the first is in PATH. What it starts ends with
# it. The tree has the package mount.
#
# A new root rather than chroot(2), behind which no user namespace can be made, unshare(2). Keys have no
# namespace: the leases of Tests/lease.sh are the machine's.

leases=/run/pam-session-keyring-tests

# shellcheck disable=SC2016 # expanded inside
enter() {
  local root=$1 script=$2
  shift 2
  install -d -m 700 $leases "$root$leases"
  mkdir -p "$root/outside" "${@/#/$root}"
  cp /etc/resolv.conf /etc/hosts "$root/etc"
  unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
    root=$0 script=$1 leases=$2
    shift 2
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    for place in /dev /sys; do mount --rbind "$place" "$root$place"; done
    mount --bind "$leases" "$root$leases"
    for directory; do mount -o ro,bind "$directory" "$root$directory"; done
    cd "$root"
    pivot_root . outside
    umount --lazy /outside
    cd /
    exec env -i HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      PATH="${1:+$1/bin:}/usr/sbin:/usr/bin:/sbin:/bin" bash -euo pipefail -c "$script"
  ' "$root" "$script" $leases "$@" </dev/null
}
