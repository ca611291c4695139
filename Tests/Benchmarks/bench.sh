#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# Measures what a login pays for its session keyring, beside pam_keyinit of this machine and of Debian 13.
# As root, after `make module`. The figures go to build/bench.tsv and build/bench.md, and from there to
# docs/performance.md and docs/performance.svg.

set -euo pipefail
cd "$(dirname "$0")/../.."
here=Tests/Benchmarks

dpkg -s mmdebstrap >/dev/null 2>&1 || {
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qqy --no-install-recommends install mmdebstrap
}

# Users and files are seen by the processes of this run alone.
[ "${1-}" = --in-namespace ] || exec unshare --mount "$0" --in-namespace

# shellcheck source=Tests/lease.sh
. Tests/lease.sh
# The root of Debian 13.
newer=$work/newer
# shellcheck disable=SC2016 # apt's own variables
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
  "Codename: $(. /etc/os-release && echo "$VERSION_CODENAME")" | sed -n 1p)
mmdebstrap --quiet --variant=minbase --include=libkeyutils1,valgrind trixie "$newer" "$mirror"

# What is measured is /mnt in both roots.
install -d "$work/mnt/pam.d"
clang -std=gnu17 -O2 -Wall -Wextra -Wl,-z,now -o "$work/mnt/sessions" $here/sessions.c -lpam
clang -std=gnu17 -O2 -Wall -Wextra -fPIC -fno-plt -fno-asynchronous-unwind-tables -shared -nostartfiles \
  -fuse-ld=lld -Wl,--no-rosegment,-z,now,--as-needed -s -o "$work/mnt/limit.so" $here/limit.c -lpam
cp build/pam_session_keyring.so "$work/mnt"

# The floor is below each of the others too: it makes libpam do all that it does for any session. On
# equal work the module links what pam_keyinit links. libpam always reads `other`.
service() { printf '%s\n' 'session required pam_permit.so' "${@:2}" >"$work/mnt/pam.d/$1"; }
service floor
service limit 'session required /mnt/limit.so'
service equal 'session required /mnt/pam_session_keyring.so force revoke link=user'
service default 'session required /mnt/pam_session_keyring.so force revoke'
service pam_keyinit 'session required pam_keyinit.so force revoke'
: >"$work/mnt/pam.d/other"
services=(floor limit equal default pam_keyinit)

# A revoked keyring counts against its user's quota until the kernel has collected it, which takes long on a
# busy machine: so many users that 10,000 sessions at once are no trouble.
users=100
for ((user = 0; user < users; user++)); do
  echo "u$user:x:$((uid + user)):$((uid + user))::/:/bin/sh"
done >"$work/users"
cat "$work/users" "$newer/etc/passwd" >"$work/passwd"
cp "$work/passwd" "$newer/etc/passwd"
cat "$work/users" /etc/passwd >"$work/passwd"
mount --bind "$work/passwd" /etc/passwd
mount --bind "$work/mnt" /mnt
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  umount "$newer/mnt" "$newer/proc"
  end_lease
}
trap clean_up EXIT
mount --bind "$work/mnt" "$newer/mnt"
mount --bind /proc "$newer/proc"

# sessions TASK BLOCKS ROUNDS SERVICE...: in the root, without or with libkeyutils there beforehand.
sessions() {
  chroot "$root" env LD_PRELOAD="$preloaded" /mnt/sessions "$1" "$2" "$3" $users /mnt/pam.d "${@:4}"
}

# figures CONDITION SERVICE PART: what is read becomes rows of the table of figures.
figures() { sed "s/^/$version\t$1\t/" >>"$work/figures"; }

# The lines between the two calls that sessions.c makes before and after.
system_calls() {
  strace -o "$work/trace" chroot "$root" /mnt/sessions later 1 1 1 /mnt/pam.d "$1" >/dev/null
  awk '/^getppid/ { inside = !inside; next } inside { count++ } END { print count }' "$work/trace"
}

instructions() {
  chroot "$root" valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    --toggle-collect=whole_session /mnt/sessions later 1 1 1 /mnt/pam.d "$1" 2>&1 >/dev/null |
    awk '/Collected :/ { print $NF }'
}

# In turns, so that what else the machine does meets all conditions.
for turn in 1 2 3 4 5; do
  for root in / "$newer"; do
    # shellcheck disable=SC2016 # dpkg's own variable
    version=$(chroot "$root" dpkg-query --show --showformat '${Version}' libpam-modules)
    version=${version%%-*}
    for preloaded in '' libkeyutils.so.1; do
      with=${preloaded:+, libkeyutils loaded}
      sessions first 1 300 "${services[@]}" | figures "first$with"
      sessions later 1 1000 "${services[@]}" | figures "later$with"
      sleep 2
    done
    preloaded=
    sessions memory 1 20 "${services[@]}" | figures memory
    [ $turn = 1 ] || continue
    for service in "${services[@]}"; do
      printf '%s\t%s\t%s\n' "$service" 'system calls' "$(system_calls "$service")" \
        "$service" instructions "$(instructions "$service")" | figures counted
    done
    sessions later 10 1000 floor default | awk '/whole/' | figures growth
    sleep 2
  done
done

install -d build
cp "$work/figures" build/bench.tsv
awk -v "kernel=$(uname -r | cut -d- -f1)" -v "cpu=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | sed -n 1p)" \
  -v "cpus=$(nproc)" -v "date=$(date -I)" -f $here/figures.awk -f $here/report.awk build/bench.tsv >build/bench.md
awk -f $here/figures.awk -f $here/plot.awk build/bench.tsv >docs/performance.svg
sed -i -e '/^<!-- figures/,/^<!-- end/{//!d}' -e '/^<!-- figures/r build/bench.md' docs/performance.md
cat build/bench.md
