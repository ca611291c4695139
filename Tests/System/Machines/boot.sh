# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. One machine at a time: `boot`, `reach USER COMMAND`, `halt`.

machine=
trap end_machine EXIT
trap 'exit 1' HUP INT TERM

# The console and what the clients complained of are kept where something failed.
end_machine() {
  [ $? = 0 ] || cp "$work"/*.log "$top/build" || true
  [ ! "$machine" ] || kill "$machine" 2>/dev/null || true
  kill "${parts[@]}" 2>/dev/null || true
  rm -rf --one-file-system "$work"
}

# boot NAME KERNEL ROOT: a machine with a disk of its own over the root. It reaches nothing outside.
boot() {
  console=$work/console-$1.log
  rm -f "$work"/disk "$work"/control.*
  qemu-img create -q -f qcow2 -F raw -b "$3" "$work/disk" && start_machine "$2" || return
  wait_for 900 reach root 'systemctl --quiet is-active multi-user.target'
}

# The port is a guess: another program may have it.
start_machine() {
  local tries=0
  until start_qemu "$1" && sleep 1 && kill -0 "$machine"; do
    [ $((tries += 1)) -lt 5 ] || return
  done
}

# One processor: of two that are emulated, one may run the code that the other is just patching, and now
# and then a kernel that boots panics of that (int3). It is as quick.
start_qemu() {
  port=$((20000 + RANDOM % 20000))
  qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 1 -m "${memory-1536}" -display none \
    -nodefaults -vga "${graphics-none}" -no-reboot -kernel "$1/vmlinuz" -initrd "$1/initrd" \
    -append 'console=ttyS0 root=/dev/vda rw quiet panic=-1 mitigations=off audit=0 no_timer_check net.ifnames=0' \
    -drive "file=$work/disk,if=virtio,format=qcow2,cache=unsafe" -device virtio-rng-pci \
    -netdev "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:$port-:22" \
    -device virtio-net-pci,netdev=net \
    -chardev "socket,id=console,path=$work/console,server=on,wait=off,logfile=$console" \
    -serial chardev:console </dev/null >"$work/qemu.log" 2>&1 &
  machine=$!
}

halt() {
  kill "$machine" 2>/dev/null || true
  wait "$machine" 2>/dev/null || true
  machine=
}

# to USER OPTION... 127.0.0.1 COMMAND: in a login of its own. Who is refused with the key has a password.
to() {
  local user=$1
  shift
  SSHPASS=secret timeout "${limit-300}" sshpass -e ssh -F none -p "$port" -i "$cache/key" \
    -o IdentitiesOnly=yes -o LogLevel=ERROR -o StrictHostKeyChecking=no \
    -o UserKnownHostsFile=/dev/null -o ConnectTimeout=20 -l "$user" "$@"
}

# reach USER COMMAND: in a login that stays open until `leave USER`.
reach() {
  to "$1" -o ControlMaster=auto -o ControlPersist=yes -o "ControlPath=$work/control.$1" \
    127.0.0.1 "$2" </dev/null
}

leave() {
  to "$1" -o "ControlPath=$work/control.$1" -O exit 127.0.0.1 2>/dev/null
}
