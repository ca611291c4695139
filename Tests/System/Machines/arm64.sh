# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. The module, and what `session-keyring ps` has the kernel run, under a booted kernel
# for arm64, with what little of Debian they need in the initial file system.

arm64_packages='bpftool busybox-static keyutils libaudit1 libc6 libcap2 libcap-ng0 libcrypt1 libelf1t64
  libgcc-s1 libkeyutils1 libpam-modules libpam0g libpcre2-8-0 libselinux1 libzstd1 pamtester zlib1g'

# make_arm64 SUITE DIRECTORY: leaves vmlinuz and initrd there, without the module.
make_arm64() {
  local packages tree=$work/arm64 root=$work/arm64-root
  packages=$(kernel_packages "$1" arm64) || return
  # shellcheck disable=SC2086 # a word a package
  unpack "$1" arm64 "$tree" $packages && unpack "$1" arm64 "$root" $arm64_packages || return
  mkdir -p "$2.new" "$root"/{dev,etc/pam.d,proc,sys,tmp}
  cp "$(find "$tree" -name 'vmlinuz*')" "$2.new/vmlinuz"
  rm -rf "${root:?}"/usr/{share,lib/*/gconv}
  merge_usr "$root"
  (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$2.new/initrd"
  rm -r "$tree" "$root"
  mv "$2.new" "$2"
}

# A merged /usr, as base-files makes it.
merge_usr() {
  local name
  for name in bin lib; do
    mkdir -p "$1/usr/$name"
    [ -h "$1/$name" ] || {
      [ ! -d "$1/$name" ] || cp -a "$1/$name/." "$1/usr/$name"
      rm -rf "${1:?}/$name"
      ln -s "usr/$name" "$1/$name"
    }
  done
}

# The module comes as a second archive, which the kernel unpacks over the first.
run_arm64() {
  local root=$work/arm64-module modules=$work/arm64-module/usr/lib/aarch64-linux-gnu/security
  mkdir -p "$modules"
  cp "$top/build/arm64/pam_session_keyring.so" "$modules"
  install -m 755 "$here"/Guest/{init,rows,see} "$top/build/census.bpf.o" "$root"
  (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1 | cat "$arm64/initrd" -) >"$work/arm64-initrd"
  timeout 300 nice -n 10 qemu-system-aarch64 -M virt -cpu max -accel tcg -m 512 -display none -nodefaults \
    -no-reboot -kernel "$arm64/vmlinuz" -initrd "$work/arm64-initrd" -serial stdio \
    -append 'console=ttyAMA0 quiet panic=-1' </dev/null 2>&1 | tr -d '\r' >"$work/console-arm64.log"
}

# What init printed, a fact a line.
check_arm64() {
  local what expected
  while IFS='|' read -r what expected; do
    check "arm64, $what" "$expected" "$(sed -n "s/^$what: //p" "$work/console-arm64.log")"
  done <<'END'
force-revoke|1000 _ses, links _uid.1000 _uid_ses.1000
force-revoke, the caller's ids|Uid: 0 0 0 0 Gid: 0 0 0 0
force-revoke, census|1000 _ses the same
force-revoke, at close|Key has been revoked
no-argument|1000 _ses, links _uid.1000 _uid_ses.1000
no-argument, census|1000 _ses the same
no-argument, at close|_ses
join-login|1000 login, links _uid.1000 _uid_ses.1000
join-login, the caller's ids|Uid: 0 0 0 0 Gid: 0 0 0 0
join-login, census|1000 login the same
join-login, a second login|the same
END
  note arm64 "$(sed -n 's/^kernel: //p' "$work/console-arm64.log")" -
}
