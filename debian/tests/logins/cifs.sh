#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# cifscreds keeps a server's password in the session keyring, where the kernel looks for it while it
# mounts, and warns where that is the fallback.

section 'cifscreds'
add='echo secret | cifscreds add --username=amy 127.0.0.1 2>&1 | grep -o "no persistent session keyring"'
held="keyctl show @s | grep -c 'logon: cifs:a:127.0.0.1'"
fallback=_uid_ses.$(id -u amy)
fact 'warning where the session keyring is the fallback' 'no persistent session keyring' \
  "$(as amy keyctl session "$fallback" sh -c "$add" 2>/dev/null)"
fact 'warning in a login' '' "$(through su amy "$add")"
fact 'password in the login that added it' 1 "$(through su amy "$add; $held")"
fact 'password in another login' 0 "$(through su amy "$held")"
