#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# The same clients without the module: what the rows above would be if it did nothing.

section 'Without the module, for comparison'
pam-auth-update --package --remove session-keyring
for client in su sudo pkexec cron atd; do
  row "$client, amy" "_ses root no no no yes" "$(through $client amy /srv/logins/look.sh)"
done
