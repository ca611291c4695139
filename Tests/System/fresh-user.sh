# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh
#
# For a script to source: `uid`, which no user has had, `as_user`, which runs a command as that user,
# and `work`, a directory. Both are gone when the script ends.

uid=$((100000 + $(date +%s) % 1000000000))
work=$(mktemp -d)

as_user() {
  setpriv --ruid "$uid" --euid "$uid" --rgid "$uid" --egid "$uid" --clear-groups "$@"
}

# The kernel collects revoked keyrings; @us and @u would stay for as long as it runs. Some that it
# lists are revoked already.
clean_up() {
  # shellcheck disable=SC2016 # awk's fields
  as_user awk -v "name=^_uid(_ses)?[.]$uid:" '$9 ~ name { print "0x" $1 }' /proc/keys |
    while read -r serial; do as_user keyctl revoke "$serial" 2>/dev/null || true; done
  rm -rf "$work"
}
trap clean_up EXIT
