#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Where keyctl(2) is forbidden, as in many containers: each login goes on as it would without the module.

section 'Kernel keyrings are forbidden here'
for client in sshd sshd_terminal login su su_login sudo sudo_login sudo_by_amy pkexec cron atd; do
  for user in amy ben root; do
    fact "$client, $user" "$(id -u "$user")" "$(through "$client" "$user" 'id -u')"
  done
done
fact 'session-keyring status in a login' 2 \
  "$(through su amy 'session-keyring status >/dev/null 2>&1; echo $?')"
