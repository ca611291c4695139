#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Both modules in one stack. The later one decides: this module adopts what pam_keyinit made and adds
# its links; pam_keyinit throws away what this one made and links @u alone, through which nothing is
# found that the user keeps in @us.

section 'pam_keyinit force revoke, then this module'
for client in sshd su_login login; do
  row "$client, amy" '_ses amy yes yes yes no' "$(through $client amy /srv/logins/look.sh)"
done

section 'This module, then pam_keyinit force revoke'
for service in sshd su-l login; do
  configure $service '/pam_keyinit/d'
  echo 'session optional pam_keyinit.so force revoke' >>/etc/pam.d/$service
done
for client in sshd su_login login; do
  row "$client, amy" '_ses amy no yes no no' "$(through $client amy /srv/logins/look.sh)"
done
reconfigure

section 'inherit in sudo'
configure sudo 's/^@include common-session/session optional pam_session_keyring.so inherit\n&/'
fact "amy's keyring goes on to root" '_ses amy' \
  "$(through sudo_by_amy root /srv/logins/look.sh | cut -d ' ' -f 1-2)"
fact "amy's key is found behind sudo" yes \
  "$(ssh amy@127.0.0.1 "sudo -u ben keyctl request user clients:amy >/dev/null && echo yes")"
reconfigure
