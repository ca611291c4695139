#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# invoke.sh CLIENT USER: within a login, stores keys, has a program started as another user, and says
# what that program finds: the invoker's key in @s, the one in @u, the user's own in @u, whose where both
# have one; then where the key that it stores in @s goes, and who can plant keys for the other.
#
# Root's @u is not the chroot's alone: keys in it have names of their own, and expire.

id=$(id -u amy)
mine=$(id -un):$id
for keyring in @s @u; do
  keyctl timeout "$(keyctl add user "$mine:$keyring" yes $keyring)" 60
done
keyctl add user "both:$id" invoker @s >/dev/null

look="/srv/logins/invoked.sh $mine:@s $mine:@u own:$id:$2 both:$id"
# shellcheck disable=SC2086 # words
found=$(
  case $1 in
    su) echo local | su "$2" -c "$look" ;;
    su_login) echo local | su - "$2" -c "$look" ;;
    sudo) sudo -u "$2" $look ;;
    sudo_login) sudo -i -u "$2" $look ;;
  esac 2>/dev/null </dev/null
)
[ "$(/srv/logins/finds.sh stored)" = - ] && stored=apart || stored=invoker
case "$found $stored" in
  'yes '*invoker) plants=both ;;
  'yes '*) plants=invoker ;;
  *invoker) plants=user ;;
  *) plants=none ;;
esac
echo "$found $stored $plants"
