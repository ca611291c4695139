#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Fuzzes what reads a module's line and the kernel's text, for so many seconds.

set -eu

build=.build-fuzz
seconds=${1:-60}
swift build --scratch-path $build --toolset Tests/Fuzz/fuzz.toolset.json \
  --target SessionKeyringModule
swiftc -sanitize=fuzzer,address -parse-as-library -O -I $build/debug/Modules \
  -Xcc -fmodule-map-file=Sources/CLinuxPAM/include/module.modulemap \
  Tests/Fuzz/FuzzInput.swift "$build"/debug/LinuxKeyrings.build/*.o \
  "$build"/debug/LinuxPAM.build/*.o "$build"/debug/SessionKeyringModule.build/*.o \
  -lpam -lkeyutils -o $build/fuzz

mkdir -p $build/corpus
# What a crash leaves behind is enough to run it again; looking for symbols can take for ever.
ASAN_OPTIONS=detect_leaks=0:symbolize=0 SWIFT_BACKTRACE=enable=no timeout $((seconds + 60)) \
  $build/fuzz -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix=$build/ \
  $build/corpus Tests/Fuzz/Corpus
