# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh disable=SC2034
#
# For a script to source. What a run of tests has to itself, until the script ends: `uid`, the first of
# 100,000 uids that no user and no other run has; `other_uid`, the next; and `work`, a directory that
# others may search, and nobody else may write. `as UID COMMAND` runs a command as one of them.
#
# Who is not root can become none of these users, and gets the uids unlocked.

lease_first=2000000000
lease_size=100000
lease_slots=64
lease_locks=/run/pam-session-keyring-tests

# The lock belongs to descriptor 9, and so to this shell and all that it starts.
lease_uids() {
  slot=0
  if [ "$(id -u)" = 0 ]; then
    install -d -m 700 "$lease_locks"
    until exec 9>"$lease_locks/$slot" && flock --nonblock 9; do
      slot=$((slot + 1))
      [ "$slot" -lt "$lease_slots" ] || {
        echo "all uids for tests are in use: $lease_locks" >&2
        return 1
      }
    done
  fi
  uid=$((lease_first + slot * lease_size))
  other_uid=$((uid + 1))
}

# Where others may write, they may exchange what lies there, unless the sticky bit keeps them from it.
make_work() {
  parent=${TMPDIR:-/tmp}
  [ -n "$(find -L "$parent" -maxdepth 0 \( -user root -o -user "$(id -u)" \) \
    \( -perm -1000 -o ! -perm /022 \))" ] || {
    echo "others can exchange files in $parent" >&2
    return 1
  }
  work=$(mktemp -d)
  chmod 711 "$work"
}

as() {
  id=$1
  shift
  setpriv --reuid "$id" --regid "$id" --clear-groups "$@"
}

# The kernel keeps the user keyrings of a uid for as long as it runs. Only their owner finds them, and
# invalidates the persistent one where it is possessed.
# shellcheck disable=SC2016 # for the inner shell, and awk's fields
forget_keyrings() {
  [ "$(id -u)" = 0 ] || return 0
  awk -F '[ :]+' -v "first=$uid" -v "size=$lease_size" \
    '{ id = $1 == "" ? $2 : $1 } id >= first && id < first + size { print id }' /proc/key-users |
    while read -r id; do
      as "$id" keyctl session - sh -c '
        ! grep -q " _persistent.$(id -u): " /proc/keys || keyctl get_persistent @s
        awk -v "id=$(id -u)" "\$6 == id && \$9 ~ /^_(uid|uid_ses|persistent)[.]/ { print \"0x\" \$1 }" \
          /proc/keys | while read -r serial; do
            keyctl setperm "$serial" 0x3f3f0000
            keyctl invalidate "$serial"
          done' || true
    done
}

end_lease() {
  forget_keyrings 2>/dev/null
  rm -rf --one-file-system "$work"
}

lease_uids
make_work
trap end_lease EXIT
trap 'exit 1' HUP INT TERM
