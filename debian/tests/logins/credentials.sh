#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# pam.d/credentials beside other lines: with the session's `revoke`, and with pam.d/su.

copy_credentials
section 'The auth line, and revoke in the place of pam_keyinit'
for client in sshd su_login login; do
  row "$client, amy" '_ses amy yes yes yes no' "$(through $client amy /srv/logins/look.sh)"
  fact "$client: the user's key, after the session" 'Key has been revoked' "$(left_behind $client)"
done

section 'The auth line, and pam.d/su' @s @u own both stored plants
copy su su
invoked '- - yes own apart none' su amy root sshd

section 'The same, with its link= on the auth line' @s @u own both stored plants
sed -i '/^auth *optional *pam_session/s/$/ link=user-session,user,invoker/' /etc/pam.d/su
sed -i 's/^auth.*include/auth optional pam_session_keyring.so\n&/' /etc/pam.d/su-l
invoked 'yes yes yes own apart invoker' su amy root sshd
invoked '- - yes own apart none' su_login amy root sshd
reconfigure
