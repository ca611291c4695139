# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2016,SC2154
#
# For machines.sh to source. The root file system of a Debian release, without the package.

image_packages=at,bash,busybox-static,cron,crun,dbus,dbus-user-session,iproute2,jq,keyutils,libpam-systemd
image_packages=$image_packages,login,openssh-server,pamtester,podman,polkitd,procps,python3,python3-apt,sudo,systemd-container
image_packages=$image_packages,systemd-sysv,tmux,uidmap,util-linux

# What would only cost time.
image_masked='apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer
  e2scrub_reap.service fstrim.timer getty@tty1.service logrotate.timer man-db.timer
  serial-getty@ttyS0.service systemd-modules-load.service systemd-networkd.service systemd-networkd.socket
  systemd-networkd-wait-online.service systemd-timesyncd.service'

# make_root SUITE FILE
make_root() {
  local root=$work/root-$1
  mmdebstrap --quiet --variant=apt --include="$image_packages" "$1" "$root" "$mirror" || return
  make_users "$root" && "${prepare-prepare}" "$root" || return
  mke2fs -q -t ext4 -O ^has_journal -L root -d "$root" "$2.new" "${image_size-3G}" || return
  rm -r --one-file-system "$root"
  mv "$2.new" "$2"
}

# Root and the daemons have keys that no user's session may find. Carol lingers. Passwords are as weak as
# a test can bear, since an emulated machine takes seconds for a good one.
make_users() {
  local user
  for user in alice bob carol; do
    chroot "$1" useradd -m -s /bin/bash "$user" || return
  done
  printf '%s:secret\n' alice bob carol root | chroot "$1" chpasswd -c SHA256 -s 1000 || return
  for user in /root /home/alice /home/bob /home/carol; do
    install -d -m 700 "$1$user/.ssh"
    cp "$cache/key.pub" "$1$user/.ssh/authorized_keys"
    chroot "$1" chown -R --reference="$user" "$user/.ssh"
  done
  echo 'alice ALL = (ALL) NOPASSWD: ALL' >"$1/etc/sudoers.d/machines"
}

prepare() {
  local unit program
  for unit in $image_masked; do
    ln -sf /dev/null "$1/etc/systemd/system/$unit"
  done
  echo machine >"$1/etc/hostname"
  echo '127.0.0.1 localhost machine' >"$1/etc/hosts"
  echo '/dev/vda / ext4 defaults,noatime 0 0' >"$1/etc/fstab"
  printf '%s\n' 'MaxStartups 100' 'UseDNS no' 'PasswordAuthentication yes' 'PermitRootLogin yes' \
    >"$1/etc/ssh/sshd_config.d/machines.conf"
  with_a_key "$1" ssh '/usr/sbin/sshd -D'
  with_a_key "$1" cron '/usr/sbin/cron -f'
  with_a_key "$1" atd '/usr/sbin/atd -f'
  printf '[storage]\ndriver = "vfs"\n' >"$1/etc/containers/storage.conf"
  # The other getty waits for udev's word of the device.
  mkdir -p "$1/etc/systemd/system/getty.target.wants"
  ln -s /usr/lib/systemd/system/console-getty.service "$1/etc/systemd/system/getty.target.wants"
  # A container's root: keyctl, and what it needs. podman adds to it as alice.
  mkdir -p "$1/srv/container"/{bin,dev,etc,proc,sys,tmp}
  cp "$1/bin/busybox" "$1/srv/container/bin/busybox"
  for program in sh id sed cut; do ln -s busybox "$1/srv/container/bin/$program"; done
  chroot "$1" sh -c 'for file in /usr/bin/keyctl $(ldd /usr/bin/keyctl | grep -o "/[^ ]*"); do
    install -D "$(realpath "$file")" "/srv/container$file"; done
    chown -R alice:alice /srv/container'
}

# with_a_key ROOT SERVICE COMMAND: the daemon's session keyring holds a key, as an administrator's may
# who has restarted it from a shell.
with_a_key() {
  mkdir -p "$1/etc/systemd/system/$2.service.d"
  cat >"$1/etc/systemd/system/$2.service.d/machines.conf" <<END
[Service]
Type=simple
ExecStart=
ExecStart=/bin/sh -c 'keyctl add user machines:daemon secret @s >/dev/null; exec $3'
END
}
