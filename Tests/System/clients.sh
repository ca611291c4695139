#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# clients.sh RELEASE PACKAGE...: runs debian/tests/logins, which logs in through real clients, in a minimal
# chroot of the release that has these packages and what the test asks for: first without keyctl(2), then with it.
#
# There is no namespace for keyrings: the users' uids are new ones.

set -euo pipefail

release=$1
shift
packages_to_try=$(realpath "$@" | xargs)
here=$(realpath "$(dirname "$0")")
# shellcheck source=Tests/lease.sh
. "$here/../lease.sh"
# shellcheck source=Tests/System/mmdebstrap.sh
. "$here/mmdebstrap.sh"
# shellcheck source=Tests/System/new-root.sh
. "$here/new-root.sh"

tests=$here/../../debian/tests
packages=$(sed -n '/^Test-Command: .*logins/,$p' "$tests/control" |
  sed -n '/^Depends:/,/^Restrictions/{/^Restrictions/d; s/^Depends://; p}' | tr -d ' \n' |
  sed 's/libpam-session-keyring,session-keyring,//')

# The test takes libpam-krb5 out of the directory that it is run in, if that is there: it has no network.
mmdebstrap --quiet --variant=apt --include="$packages,mount" \
  --customize-hook="mkdir -p \"\$1/srv/logins\"" \
  --customize-hook="cp $packages_to_try \"\$1/srv\"" \
  --customize-hook="cp -r \"$tests/logins\" \"\$1/srv/test\"" \
  --customize-hook="chroot \"\$1\" sh -c 'apt-get -qqy install /srv/*.deb'" \
  --customize-hook="chroot \"\$1\" sh -c 'cd /srv/logins && apt-get -qq download libpam-krb5'" \
  "$release" "$work/root" "$mirror" >"$work/log" 2>&1 || {
  cat "$work/log"
  exit 1
}

cp "$here/without-keyctl.pl" "$work/root/srv"
status=0
enter "$work/root" "$in_pid_namespace perl /srv/without-keyctl.pl /srv/test/run $uid" || status=1
enter "$work/root" "$in_pid_namespace /srv/test/run $uid" || status=1
exit $status
