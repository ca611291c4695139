#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# dist.sh DIRECTORY VERSION
#
# The source as it is released: what is committed, the program's one library beside it, and the Debian
# source package that adds debian/ to both. From one commit they come out the same, byte for byte.

set -eu

directory=$1
name=pam-session-keyring
release=$name-$2
orig=$directory/${name}_$2.orig
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
umask 022

archive() { git -c tar.umask=022 archive --prefix="$release/" HEAD "$@"; }
archive . ':!debian' | gzip -9n >"$orig.tar.gz"
tar --sort=name --format=ustar --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
  --mode=u=rwX,go=rX -c vendor | gzip -9n >"$orig-vendor.tar.gz"

mkdir "$directory/$release" "$directory/$release/vendor"
tar -xzf "$orig.tar.gz" -C "$directory"
tar -xzf "$orig-vendor.tar.gz" -C "$directory/$release"
archive debian | tar -xC "$directory"
(cd "$directory" && dpkg-source -b "$release")
rm -r "${directory:?}/$release"
