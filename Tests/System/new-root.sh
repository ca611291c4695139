# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034
#
# For a script to source. `enter ROOT SCRIPT [DIRECTORY]...`: runs the script in the tree, with a network, and
# with these directories of the machine there, read-only; the bin of the first is in PATH. What it starts ends with
# it, and with the script that called. The tree has the package mount.
#
# A new root rather than chroot(2), after which no user namespace can be made, unshare(2). Keys have no
# namespace: the leases of Tests/lease.sh are the machine's.

leases=/run/pam-session-keyring-tests

# What a script that starts daemons begins its command with: they have sessions of their own, and end with their
# namespace. `session-keyring ps` asks to be in the machine's.
in_pid_namespace='unshare --pid --fork --kill-child --mount-proc'

# shellcheck disable=SC2016 # expanded inside
enter() {
  local root=$1 script=$2
  shift 2
  install -d -m 700 $leases "$root$leases"
  mkdir -p "$root/outside" "${@/#/$root}"
  cp /etc/resolv.conf /etc/hosts "$root/etc"
  setsid setpriv --pdeathsig TERM unshare --mount bash -euo pipefail -c '
    root=$0 script=$1 leases=$2
    shift 2

    # All of this session but this shell. A process forks while others are being killed.
    end_session() {
      local file line pid fields found=1
      while [ "$found" ]; do
        found=
        for file in /proc/[0-9]*/stat; do
          line=
          read -rd "" line 2>/dev/null <"$file" || [ "$line" ] || continue
          pid=${line%% *}
          # What comes after its name: state, ppid, pgrp, session.
          read -ra fields <<<"${line##*) }"
          [ "${fields[3]}" = $$ ] && [ "$pid" != $$ ] && [ "${fields[0]}" != Z ] || continue
          found=1
          kill -KILL "$pid" || true
        done
      done
    }

    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    for place in /dev /sys; do mount --rbind "$place" "$root$place"; done
    mount --bind "$leases" "$root$leases"
    for directory; do mount -o ro,bind "$directory" "$root$directory"; done
    cd "$root"
    pivot_root . outside
    umount --lazy /outside
    cd /
    trap end_session EXIT
    trap "exit 1" TERM
    # A shell has what it starts in the background ignore these signals.
    env -i --default-signal=INT,QUIT HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      PATH="${1:+$1/bin:}/usr/sbin:/usr/bin:/sbin:/bin" bash -euo pipefail -c "$script" &
    wait $!
  ' "$root" "$script" $leases "$@" </dev/null &
  wait $!
}
