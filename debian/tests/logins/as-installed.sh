#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# As the package leaves it: its profile among the first lines of common-session, on which pam_keyinit
# follows in no service, and which it precedes in sshd, login and su-l.

section 'As installed'
rows _ses

# runuser includes no common-session: it takes the line by hand.
configure runuser '/pam_keyinit/s/^.*/session optional pam_session_keyring.so/'
row 'runuser, amy' '_ses amy yes yes yes no' "$(through runuser amy /srv/logins/look.sh)"
row 'runuser -, amy' '_ses amy yes yes yes no' "$(through runuser_login amy /srv/logins/look.sh)"
configure runuser ''
