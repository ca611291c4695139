#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# The users, their keys, root's key, and the daemons.

as() {
  user=$1
  shift
  setpriv --reuid "$user" --regid "$user" --init-groups "$@"
}

# What daemons leave in /run, terminals and /dev/log are of these namespaces alone.
make_mounts() {
  mount -t proc proc /proc
  mount -t tmpfs -o mode=755 tmpfs /run
  make_dev
  ip link set lo up
  hostname clients
  echo '127.0.0.1 localhost clients clients.example.org' >/etc/hosts
}

# Of the machine's own devices, since a container can make none.
make_dev() {
  mkdir /run/dev
  mount -t tmpfs -o mode=755 tmpfs /run/dev
  for device in null zero full random urandom tty; do
    touch /run/dev/$device
    mount --bind /dev/$device /run/dev/$device
  done
  mkdir -m 1777 /run/dev/shm
  mkdir /run/dev/pts
  mount -t devpts -o newinstance,ptmxmode=666 devpts /run/dev/pts
  ln -s pts/ptmx /run/dev/ptmx
  ln -s /proc/self/fd /run/dev/fd
  mount --move /run/dev /dev
}

# Each keeps a key in @us, and has the password `local`. Root's is in the session keyring that the daemons are started with, and no
# session may find it.
make_users() {
  uid=$1
  for user in amy ben; do
    id "$user" >/dev/null 2>&1 || {
      groupadd -g "$uid" "$user"
      useradd -l -m -u "$uid" -g "$uid" -s /bin/sh "$user" 2>/dev/null
    }
    as "$user" keyctl add user "clients:$user" secret @us >/dev/null 2>&1 || true
    uid=$((uid + 1))
  done
  for user in amy ben root; do echo "$user:local"; done | chpasswd
  keyctl add user clients:root secret @s >/dev/null 2>&1 || true
  echo 'amy ALL = (ALL) NOPASSWD: ALL' >/etc/sudoers.d/clients
}

make_sshd() {
  rm -f /root/.ssh/id_ed25519*
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
  # That of Debian 13 reads it, and does without the -O where it is missing.
  : >/etc/syslog.conf
  busybox syslogd -O /var/log/all
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
