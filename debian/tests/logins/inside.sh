#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Inside the namespaces: logs in through each client, under several configurations, and prints a table.
#
# This is process 1 there: when it ends, so do all that it started.

set -eu
cd /srv/logins

# shellcheck source=debian/tests/logins/table.sh
. ./table.sh
# shellcheck source=debian/tests/logins/services.sh
. ./services.sh
# shellcheck source=debian/tests/logins/machine.sh
. ./machine.sh
# shellcheck source=debian/tests/logins/through.sh
. ./through.sh
# shellcheck source=debian/tests/logins/with-password.sh
. ./with-password.sh

make_machine "$1"

if ! keyctl session - true 2>/dev/null; then
  # shellcheck source=debian/tests/logins/no-keyrings.sh
  . ./no-keyrings.sh
  # shellcheck source=debian/tests/logins/what-was-logged.sh
  . ./what-was-logged.sh
  sum_up
  exit
fi

# shellcheck source=debian/tests/logins/as-installed.sh
. ./as-installed.sh
# shellcheck source=debian/tests/logins/shared.sh
. ./shared.sh
# shellcheck source=debian/tests/logins/sshd.sh
. ./sshd.sh
# shellcheck source=debian/tests/logins/revoke.sh
. ./revoke.sh
# shellcheck source=debian/tests/logins/tmux.sh
. ./tmux.sh
# shellcheck source=debian/tests/logins/with-keyinit.sh
. ./with-keyinit.sh
# shellcheck source=debian/tests/logins/cifs.sh
. ./cifs.sh
# shellcheck source=debian/tests/logins/invoker.sh
. ./invoker.sh
# shellcheck source=debian/tests/logins/credentials.sh
. ./credentials.sh
# shellcheck source=debian/tests/logins/roots-keys.sh
. ./roots-keys.sh
# shellcheck source=debian/tests/logins/cups.sh
. ./cups.sh
# shellcheck source=debian/tests/logins/kerberos.sh
. ./kerberos.sh
# shellcheck source=debian/tests/logins/tickets.sh
. ./tickets.sh
# shellcheck source=debian/tests/logins/what-was-logged.sh
. ./what-was-logged.sh
# shellcheck source=debian/tests/logins/without.sh
. ./without.sh

sum_up
