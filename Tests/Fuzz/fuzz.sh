#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Fuzzes for so many seconds: a third of them what reads a module's line and the kernel's text, a third
# whole logins, and a third what reads PAM's files. What it counted is in build/fuzz.tsv.

set -eu

build=.build-fuzz
seconds=${1:-60}
# In memory: a tree of files is written for each run.
TMPDIR=/dev/shm
# shellcheck source=Tests/lease.sh
. Tests/lease.sh

# link TARGET OPTION...
link() {
  target=$1
  shift
  swiftc -sanitize=fuzzer,address "$@" -use-ld=lld -lpam -lkeyutils -o "$build/Fuzz$target"
}

# run TARGET, with the users in sight.
run() {
  mkdir -p "$build/$1Corpus"
  # What a crash leaves behind is enough to run it again; looking for symbols can take for ever.
  LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD="$work/passwd" NSS_WRAPPER_GROUP="$work/group" \
    PAM_CONFDIR="$work" ASAN_OPTIONS=detect_leaks=0:symbolize=0 SWIFT_BACKTRACE=enable=no \
    timeout $((seconds + 60)) "$build/Fuzz$1" -max_total_time=$((seconds / 3)) -print_final_stats=1 \
    -artifact_prefix=$build/ "$build/$1Corpus" "Tests/Fuzz/$1Corpus" >"$work/log" 2>&1 || {
    cat "$work/log"
    return 1
  }
  runs=$(awk '/number_of_executed_units/ { print $2 }' "$work/log")
  echo "Fuzz$1: $runs runs"
  printf 'fuzz: runs of Fuzz%s\t-\t%s\n' "$1" "$runs" >>"$work/figures"
}

for target in SessionKeyringModule PAMConfiguration; do
  swift build --scratch-path $build --manifest-cache none --toolset Tests/Fuzz/fuzz.toolset.json \
    --target $target
done
module="$build/debug/LinuxKeyrings.build/*.o $build/debug/LinuxPAM.build/*.o
  $build/debug/SessionKeyringModule.build/*.o"
swift="-parse-as-library -O -I $build/debug/Modules
  -Xcc -fmodule-map-file=Sources/CLinux/include/module.modulemap
  -Xcc -fmodule-map-file=Sources/CLinuxPAM/include/module.modulemap"
# shellcheck disable=SC2086 # lists of words
link Line $swift $module Tests/Fuzz/FuzzLine.swift
# shellcheck disable=SC2086
link Configuration $swift $build/debug/PAMConfiguration.build/*.o $build/debug/SystemText.build/*.o \
  $build/debug/LinuxKeyrings.build/*.o Tests/Fuzz/FuzzConfiguration.swift

clang -fsanitize=fuzzer-no-link,address -O -c Tests/Fuzz/FuzzSession.c -o $build/FuzzSession.o
clang -fPIC -shared Tests/Fuzz/FuzzRelay.c -o $build/relay.so
# shellcheck disable=SC2086
link Session $build/FuzzSession.o $module \
  -Xlinker --export-dynamic-symbol=fuzz_open_session \
  -Xlinker --export-dynamic-symbol=fuzz_close_session

printf 'root:x:0:0::/root:/bin/sh\nuser:x:%d:%d::/:/bin/sh\n' "$uid" "$uid" >"$work/passwd"
printf 'user:x:%d:\n' "$uid" >"$work/group"
echo "session required $PWD/$build/relay.so" >"$work/fuzz"
echo 'session required pam_deny.so' >"$work/other"

run Line
run Session
run Configuration
install -D -m 644 "$work/figures" build/fuzz.tsv
