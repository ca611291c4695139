#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# What a program of the session sees of its keyrings: its session keyring's name and owner, whether
# that links @us and @u, whether the user's key and root's are found through it.
#
# Without a session keyring, the first look makes @us the session keyring: it is that one's name then.

uid=$(id -u)

links() {
  for key in $(keyctl rlist @s); do keyctl rdescribe "$key"; done 2>/dev/null |
    grep -q "^keyring;$uid;.*;$1[.]$uid\$" && echo yes || echo no
}

finds() {
  keyctl request user "$1" >/dev/null 2>&1 && echo yes || echo no
}

keyctl rdescribe @s 2>&1 | {
  IFS=';' read -r type owner _ _ name
  [ "$type" = keyring ] || name="$type"
  users=-
  [ "$uid" = 0 ] || users=$(finds "clients:$(id -un)")
  echo "$name $(id -un "$owner") $(links _uid_ses) $(links _uid) $users $(finds clients:root)"
}
