#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# As the package leaves it: its profile among the first lines of common-session, on which pam_keyinit
# follows in no service, and which it precedes in sshd, login and su-l.

section 'As installed'
for client in sshd sshd_terminal login su su_login sudo sudo_login sudo_by_amy pkexec cron atd; do
  for user in amy ben root; do
    expected="_ses $user yes yes yes no"
    [ "$user" != root ] || expected='_ses root yes yes - no'
    row "$client, $user" "$expected" "$(through "$client" "$user" /srv/logins/look.sh)"
  done
done

# runuser includes no common-session: it takes the line by hand.
configure runuser '/pam_keyinit/s/^.*/session optional pam_session_keyring.so/'
row 'runuser, amy' '_ses amy yes yes yes no' "$(through runuser amy /srv/logins/look.sh)"
row 'runuser -, amy' '_ses amy yes yes yes no' "$(through runuser_login amy /srv/logins/look.sh)"
configure runuser ''
