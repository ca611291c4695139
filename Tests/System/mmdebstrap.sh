# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh disable=SC2034
#
# For a script to source that makes chroots: mmdebstrap(1), installed if it is missing, and `mirror`, the
# one that this machine has Debian from.

command -v mmdebstrap >/dev/null || {
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qqy --no-install-recommends install mmdebstrap
}
# shellcheck disable=SC2016 # apt's own variables
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' |
  sed -n 1p)
