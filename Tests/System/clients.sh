#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Installs the packages into a minimal chroot and logs in there through real clients.
#
# The chroot has namespaces of its own, so that its daemons end with it and its ports are free. There
# is no such thing for keyrings: the users' uids are new ones.

set -eu

packages_to_try=$(realpath "$@" | xargs)
here=$(realpath "$(dirname "$0")")
# shellcheck source=Tests/lease.sh
. "$here/../lease.sh"

# shellcheck source=Tests/System/mmdebstrap.sh
. "$here/mmdebstrap.sh"

packages=at,busybox-syslogd,cifs-utils,cron,cups-client,cups-daemon,curl,dbus,fish,iproute2,keyutils
packages=$packages,krb5-admin-server,krb5-kdc,krb5-user,login,openssh-client,openssh-server
packages=$packages,pkexec,procps,sudo,tmux,zsh
codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)

# libpam-krb5 goes into common-auth when it is installed, which tickets.sh does.
mmdebstrap --quiet --variant=apt --include="$packages" \
  --customize-hook="mkdir \"\$1/clients\"" \
  --customize-hook="cp $packages_to_try \"$here\"/Clients/* \"\$1/clients\"" \
  --customize-hook="chroot \"\$1\" sh -c 'apt-get -qqy install /clients/*.deb'" \
  --customize-hook="chroot \"\$1\" sh -c 'cd /clients && apt-get -qq download libpam-krb5'" \
  "$codename" "$work/root" >"$work/log" 2>&1 || {
  cat "$work/log"
  exit 1
}

# What starts the daemons has a session keyring that root owns, as an administrator's shell does. In the new
# network there is a loopback interface and nothing else.
unshare --mount --pid --net --uts --ipc --fork --kill-child \
  chroot "$work/root" keyctl session - /clients/inside.sh "$uid"
