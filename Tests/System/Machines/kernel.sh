# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. A release's kernel with an initial file system of our own: it does for any
# root, and no initramfs-tools is needed.

# What the root lies on, and what the machine is reached through.
kernel_modules='virtio_pci virtio_blk ext4 virtio_net virtio_rng'

# make_kernel SUITE DIRECTORY: leaves vmlinuz and initrd there.
make_kernel() {
  local packages tree=$work/kernel-$1
  packages=$(kernel_packages "$1" amd64) || return
  # shellcheck disable=SC2086 # a word a package
  unpack "$1" amd64 "$tree" $packages || return
  mkdir -p "$2.new"
  cp "$(find "$tree" -name 'vmlinuz*')" "$2.new/vmlinuz" && make_initrd "$tree" "$2.new/initrd" || return
  rm -r "$tree"
  mv "$2.new" "$2"
}

# A merged /usr has the modules in /usr/lib.
make_initrd() {
  local release root=$work/initrd module file
  [ -d "$1/lib/modules" ] || ln -s usr/lib "$1/lib"
  release=$(basename "$1"/lib/modules/*)
  depmod -b "$1" "$release" || return
  mkdir -p "$root"/{bin,dev,proc,sys,new,modules}
  cp /bin/busybox "$root/bin/busybox"
  for module in $kernel_modules; do
    modprobe -d "$1" -S "$release" --show-depends "$module" || return
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r file; do
    case $file in
      *.xz) xz -dc "$file" ;;
      *.zst) zstd -dqc "$file" ;;
      *) cat "$file" ;;
    esac >"$root/modules/$(basename "$file" | sed 's/[.]ko.*/.ko/')" || return
    basename "$file" | sed 's/[.]ko.*/.ko/' >>"$root/modules/order"
  done || return
  write_init "$root/init"
  (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$2"
  rm -r "$root"
}

# The address is the one that qemu forwards to.
write_init() {
  cat >"$1" <<'END'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
while read -r module; do insmod "/modules/$module"; done </modules/order
until [ -b /dev/vda ]; do sleep 0.1; done
ip link set eth0 up
ip address add 10.0.2.15/24 dev eth0
mount -t ext4 /dev/vda /new
mount --move /dev /new/dev
mount --move /sys /new/sys
mount --move /proc /new/proc
exec switch_root /new /lib/systemd/systemd
END
  chmod 755 "$1"
}
