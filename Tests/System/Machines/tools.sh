# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
#
# For machines.sh and installed.sh to source. What makes machines of Debian's packages, boots them, and logs in.

tools='busybox-static cpio kmod mmdebstrap openssh-client python3-pexpect qemu-system-arm qemu-system-x86
  qemu-utils sshpass'
# shellcheck disable=SC2086 # a word a package
install_tools() {
  dpkg -s $tools >/dev/null 2>&1 || {
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qqy --no-install-recommends install $tools
  }
}
