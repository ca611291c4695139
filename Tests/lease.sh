# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh disable=SC2034
#
# For a script to source. What a run of tests has to itself, until the script ends: `uid`, the first of
# many uids that no user and no other run has; `other_uid`, the next; and `work`, a directory that others
# may search, and nobody else may write. `as UID COMMAND` runs a command as one of them.
#
# Who is not root can become none of these users, and gets the uids unlocked.

lease_first=2000000000
lease_last=2006300000
lease_size=100000
lease_least=20000
lease_locks=/run/pam-session-keyring-tests

# The lock belongs to descriptor 9, and so to this shell and all that it starts.
lease_uids() {
  uid=$lease_first
  if [ "$(id -u)" = 0 ]; then
    install -d -m 700 "$lease_locks"
    block=$lease_first
    until exec 9>"$lease_locks/$block" && flock --nonblock 9 && lease_rest_of "$block"; do
      block=$((block + lease_size))
      [ "$block" -le "$lease_last" ] || {
        echo "all uids for tests are in use: $lease_locks" >&2
        return 1
      }
    done
  fi
  other_uid=$((uid + 1))
}

# A revoked keyring stays for five minutes, and its user gets no other: the uids of a block begin after the
# last that still has one. False where too few are left.
lease_rest_of() {
  uid=$1
  lease_end=$((uid + lease_size))
  uid=$(key_users | awk -v "uid=$uid" '{ uid = $1 + 1 } END { print uid }')
  [ $((uid + lease_least)) -le "$lease_end" ]
}

# The uids of the lease that have keys, in their order.
key_users() {
  awk -F '[ :]+' -v "first=$uid" -v "end=$lease_end" \
    '{ id = $1 == "" ? $2 : $1 } id >= first && id < end { print id }' /proc/key-users
}

# Where others may write, they may exchange what lies there, unless the sticky bit keeps them from it.
make_work() {
  parent=${TMPDIR:-/tmp}
  [ -n "$(find -L "$parent" -maxdepth 0 \( -user root -o -user "$(id -u)" \) \
    \( -perm -1000 -o ! -perm /022 \))" ] || {
    echo "others can exchange files in $parent" >&2
    return 1
  }
  work=$(mktemp -d "$parent/session-keyring.XXXXXXXXXX")
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
  key_users | while read -r id; do
    as "$id" keyctl session - sh -c '
      ! grep -q " _persistent.$(id -u): " /proc/keys || keyctl get_persistent @s
      awk -v "id=$(id -u)" "\$6 == id && \$9 ~ /^_(uid|uid_ses|persistent)[.]/ { print \"0x\" \$1 }" \
        /proc/keys |
        while read -r serial; do
          keyctl setperm "$serial" 0x3f3f0000
          keyctl invalidate "$serial"
        done' || true
  done
}

end_lease() {
  forget_keyrings >/dev/null 2>&1
  rm -rf --one-file-system "$work"
}

lease_uids
make_work
trap end_lease EXIT
trap 'exit 1' HUP INT TERM
