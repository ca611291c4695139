#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# What a session leaves running keeps its keys, or loses them with `revoke`.

# left_behind CLIENT: what becomes of amy's key in a job that outlives the session.
left_behind() {
  rm -f /srv/logins/over /tmp/left
  through "$1" amy 'setsid /srv/logins/stay.sh /tmp/left >/dev/null 2>&1 </dev/null & sleep 0.3; echo left' >/dev/null
  # atd and cron close the session a little after the job has answered.
  sleep 0.5
  touch /srv/logins/over
  wait_for test -e /tmp/left
  cat /tmp/left
}

leavers='sshd su su_login sudo cron atd'
for service in sshd su-l login; do configure $service '/pam_keyinit/d'; done
for revoke in '' 'force revoke'; do
  section "Left behind, '$revoke'"
  configure common-session "s/pam_session_keyring.so/& $revoke/"
  configure common-session-noninteractive "s/pam_session_keyring.so/& $revoke/"
  for client in $leavers; do
    expected='still found'
    [ -z "$revoke" ] || expected='Key has been revoked'
    fact "$client: the user's key, after the session" "$expected" "$(left_behind "$client")"
  done
done
reconfigure
