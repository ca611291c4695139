#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck disable=SC2154 # clients, of table.sh
#
# The package's second profile: the logins of a user share one session keyring, those of root too, and
# nobody is in another's.

# hold USER: a login that lasts until /srv/logins/over exists, so that the shared keyring does.
hold() {
  through_sshd "$1" "touch /tmp/held.$1; exec /srv/logins/stay.sh /tmp/left.$1" >/dev/null 2>&1 &
  wait_for test -e "/tmp/held.$1"
}

# keyrings USER: how many session keyrings the logins of a user have between them.
keyrings() {
  for client in $clients; do through "$client" "$1" 'keyctl id @s'; done | sort -u | wc -l
}

pam-auth-update --disable session-keyring --enable session-keyring-shared
rm -f /srv/logins/over
for user in amy root; do hold $user; done

section 'One session keyring for all logins of a user'
rows login
for user in amy root; do
  fact "session keyrings of all logins of $user" 1 "$(keyrings $user)"
done

# Root's shared keyring is not the chroot's alone: what is stored in it has a name of its own.
id=$(id -u amy)
through sudo_by_amy root "keyctl add user by-sudo:$id stored @s" >/dev/null
through su amy "keyctl add user by-su:$id stored @s" >/dev/null
fact "what root's command stores under sudo, in root's other logins" stored \
  "$(through sshd root "/srv/logins/finds.sh by-sudo:$id")"
fact '... in a login of who ran sudo' - "$(through sshd amy "/srv/logins/finds.sh by-sudo:$id")"
fact "what amy stores under su, in a cron job of amy's" stored \
  "$(through cron amy "/srv/logins/finds.sh by-su:$id")"
fact "... in root's login" - "$(through sshd root "/srv/logins/finds.sh by-su:$id")"
fact '... under sudo, run by amy' - \
  "$(through sudo_by_amy root "/srv/logins/finds.sh by-su:$id")"

through su amy 'keyctl revoke @s'
touch /srv/logins/over
wait_for test -e /tmp/left.amy
fact 'keyctl revoke @s in one login, and the keys of another' 'Key has been revoked' \
  "$(cat /tmp/left.amy)"
row 'the next login' 'login amy yes yes yes no' "$(through sshd amy /srv/logins/look.sh)"

pam-auth-update --disable session-keyring-shared --enable session-keyring
fact 'the first profile again' '' "$(diff -r /srv/logins/pam.d /etc/pam.d)"
