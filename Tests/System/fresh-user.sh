# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh disable=SC2034
#
# For a script to source: `uid` and `other_uid`, which no user has had, `as UID COMMAND`, and `work`, a
# directory. All of it is gone when the script ends.

uid=$((100000 + $(date +%s) % 1000000000 * 2))
other_uid=$((uid + 1))
work=$(mktemp -d)

as() {
  id=$1
  shift
  setpriv --reuid "$id" --regid "$id" --clear-groups "$@"
}

# The kernel collects revoked keyrings; these would stay for as long as it runs. Some that it lists are
# revoked already.
clean_up() {
  for id in "$uid" "$other_uid"; do
    # shellcheck disable=SC2016 # awk's fields
    as "$id" awk -v "name=^(_uid|_uid_ses|_persistent)[.]$id:" '$9 ~ name { print "0x" $1 }' \
      /proc/keys |
      while read -r serial; do as "$id" keyctl revoke "$serial" 2>/dev/null || true; done
  done
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
