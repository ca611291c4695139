#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Root's keys never reach a user, with any line of pam.d in every service: neither those in the session
# keyring that the daemons were started with, nor those in root's @u, nor what root stores under su and
# sudo. As shipped they do, which shows that the question is asked.

roots_services='sshd login su su-l sudo sudo-i cron atd'
roots_clients='sshd sshd_terminal login su su_login sudo sudo_login cron atd'
roots_key=root:$(id -u amy):@u
# shellcheck disable=SC2016 # what it reads it reads there
as root keyctl session - sh -c 'keyctl link @u @s
  keyctl timeout "$(keyctl add user "$0" yes @u)" 600' "$roots_key" 2>/dev/null
# So that cron and atd, as every daemon, have root's @u in reach.
keyctl link @u @s

# named COMMAND: the clients that it prints, on one line.
named() { "$1" | xargs | grep . || echo none; }

# The clients in which amy finds root's key, and those with which she finds what root stored.
reached() {
  for client in $roots_clients; do
    seen=$(through "$client" amy "/srv/logins/finds.sh clients:root $roots_key")
    [ "$seen" = '- -' ] || echo "$client"
  done
}

stored() {
  for client in su sudo; do
    through sshd amy "/srv/logins/invoke.sh $client root" | grep -q ' apart ' || echo "$client"
  done
}

section "Root's keys in a user's session"
for example in 'as shipped' login-service su sudo shared-keyring persistent-keyring credentials \
  daemon emergency; do
  expected=none expected_stored=none
  if [ "$example" = 'as shipped' ]; then
    as_shipped
    expected='su sudo sudo_login cron atd' expected_stored='su sudo'
  else
    for service in $roots_services; do copy "$example" "$service"; done
  fi
  fact "$example: found in" "$expected" "$(named reached)"
  fact "$example: what root stored found by the invoker of" "$expected_stored" "$(named stored)"
  reconfigure
done
fact 'every file of pam.d was tried, but pamtester and systemd-user, services of their own' 10 \
  "$(find /usr/share/doc/libpam-session-keyring/examples -type f | wc -l)"
keyctl unlink @u @s
