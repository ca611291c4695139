#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# The users, their keys, root's key, and the daemons.

as() {
  user=$1
  shift
  setpriv --reuid "$user" --regid "$user" --init-groups "$@"
}

make_mounts() {
  mount -t proc proc /proc
  mount -t devpts -o newinstance,ptmxmode=666 devpts /dev/pts
  ln -sf pts/ptmx /dev/ptmx
  ip link set lo up
  hostname clients
  echo '127.0.0.1 localhost clients clients.example.org' >/etc/hosts
}

# Each keeps a key in @us, and has the password `local`. Root's is in the session keyring that the daemons are started with, and no
# session may find it.
make_users() {
  uid=$1
  for user in amy ben; do
    groupadd -g "$uid" "$user"
    useradd -l -m -u "$uid" -g "$uid" -s /bin/sh "$user" 2>/dev/null
    as "$user" keyctl add user "clients:$user" secret @us >/dev/null
    uid=$((uid + 1))
  done
  for user in amy ben root; do echo "$user:local"; done | chpasswd
  keyctl add user clients:root secret @s >/dev/null
  echo 'amy ALL = (ALL) NOPASSWD: ALL' >/etc/sudoers.d/clients
}

make_sshd() {
  ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
  cp /root/.ssh/id_ed25519.pub /etc/ssh/clients_keys
  cat >/etc/ssh/sshd_config.d/clients.conf <<'END'
ListenAddress 127.0.0.1
AuthorizedKeysFile /etc/ssh/clients_keys
PermitRootLogin yes
UsePAM yes
MaxStartups 100
END
  cat >/root/.ssh/config <<'END'
StrictHostKeyChecking no
LogLevel ERROR
END
}

start_daemons() {
  mkdir -p /run/sshd /run/dbus
  syslogd -O /var/log/all
  dbus-daemon --system --fork
  /usr/sbin/sshd
  wait_for test -e /run/sshd.pid
  atd
}

make_machine() {
  make_mounts
  install -d -m 700 /root/.ssh
  make_users "$1"
  make_sshd
  start_daemons
  keep_services
}
