#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Inside the chroot: logs in through each client, under several configurations, and prints a table.
#
# This is process 1 of the chroot's namespace: when it ends, so do all that it started.

set -eu
cd /clients

# shellcheck source=Tests/System/Clients/table.sh
. ./table.sh
# shellcheck source=Tests/System/Clients/services.sh
. ./services.sh
# shellcheck source=Tests/System/Clients/machine.sh
. ./machine.sh
# shellcheck source=Tests/System/Clients/through.sh
. ./through.sh
# shellcheck source=Tests/System/Clients/with-password.sh
. ./with-password.sh

make_machine "$1"

# shellcheck source=Tests/System/Clients/as-installed.sh
. ./as-installed.sh
# shellcheck source=Tests/System/Clients/shared.sh
. ./shared.sh
# shellcheck source=Tests/System/Clients/sshd.sh
. ./sshd.sh
# shellcheck source=Tests/System/Clients/revoke.sh
. ./revoke.sh
# shellcheck source=Tests/System/Clients/tmux.sh
. ./tmux.sh
# shellcheck source=Tests/System/Clients/with-keyinit.sh
. ./with-keyinit.sh
# shellcheck source=Tests/System/Clients/cifs.sh
. ./cifs.sh
# shellcheck source=Tests/System/Clients/invoker.sh
. ./invoker.sh
# shellcheck source=Tests/System/Clients/credentials.sh
. ./credentials.sh
# shellcheck source=Tests/System/Clients/roots-keys.sh
. ./roots-keys.sh
# shellcheck source=Tests/System/Clients/cups.sh
. ./cups.sh
# shellcheck source=Tests/System/Clients/kerberos.sh
. ./kerberos.sh
# shellcheck source=Tests/System/Clients/tickets.sh
. ./tickets.sh
# shellcheck source=Tests/System/Clients/what-was-logged.sh
. ./what-was-logged.sh
# shellcheck source=Tests/System/Clients/without.sh
. ./without.sh

sum_up
