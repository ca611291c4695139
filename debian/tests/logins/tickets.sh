#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Tickets that pam_krb5 stores in pam_setcred, with the KDC of kerberos.sh, for logins of ben's with the
# password and for cron jobs. Is there a ticket before the session, for a process that came by no login;
# in the session; for that process afterwards; and is one left in the keyring of who called?

# outside: in a process of ben's that came by no login.
outside() {
  as ben keyctl session - /srv/logins/ticket.sh /tmp/outside 2>/dev/null
  cat /tmp/outside
}

# seen_in COMMAND...: runs what runs ticket.sh in a session, and ends with left.sh.
seen_in() {
  rm -f /tmp/in /tmp/outside
  before=$(outside)
  left=$("$@" | tail -n 1)
  in=$(cat /tmp/in 2>/dev/null || echo refused)
  echo "$before $in $(outside) $left"
}

job_of() {
  through cron "$1" '/srv/logins/ticket.sh /tmp/in' && /srv/logins/left.sh
}

# during COMMAND...: while ben is logged in by ssh with the password.
during() {
  rm -f /tmp/over /tmp/stays
  with_password sshd ben secret \
    'touch /tmp/stays; until [ -e /tmp/over ]; do sleep 0.05; done' >/tmp/stayed &
  stay=$!
  wait_for test -e /tmp/stays
  "$@"
  touch /tmp/over
  wait $stay
}

of_client() {
  case $1 in
    cron) seen_in job_of ben ;;
    cron-meanwhile) during seen_in job_of ben ;;
    cron-of-amy-meanwhile) during seen_in job_of amy ;;
    wrong-*) seen_in with_password "${1#wrong-}" ben wrong '/srv/logins/ticket.sh /tmp/in' ;;
    *) seen_in with_password "$1" ben secret '/srv/logins/ticket.sh /tmp/in' ;;
  esac
}

DEBIAN_FRONTEND=noninteractive dpkg -i /srv/logins/libpam-krb5_*.deb >/dev/null
keep_services
login=$(dpkg-query -f '${source:Package}' -W login)
sed "/^#/d; s/@$login / /; /@/d" /srv/logins/tickets.expected >/tmp/expected
for configuration in 1 2 3; do
  case $configuration in
    1) what='as shipped' && as_shipped ;;
    2) what='the package' ;;
    3) what='pam.d/credentials' && copy_credentials ;;
  esac
  for cache in session persistent; do
    cache_in $cache
    section "Tickets in KEYRING:$cache, $what" before in after caller
    column=$configuration
    [ $cache = session ] || column=4
    while read -r client values <&3; do
      expected=$(echo "$values" | cut -d ' ' -f "$column" | sed 's/./& /g; s/y/yes/g; s/n/no/g; s/r/refused/')
      row "$client" "${expected% }" "$(of_client "$client")"
    done 3</tmp/expected
  done
  reconfigure
done

cache_in persistent
sed -i 's/pam = {/&\nretain_after_close = true/' /etc/krb5.conf
with_password sshd ben secret true >/dev/null
fact 'a cron job after the login, with retain_after_close' 'yes yes yes no' "$(seen_in job_of ben)"
