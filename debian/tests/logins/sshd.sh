#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# sshd's own ways: many logins at once, and several channels of one.

section 'sshd'
for login in 0 1 2 3 4 5 6 7 8 9; do
  case $login in [02468]) user=amy ;; *) user=ben ;; esac
  through_sshd $user '/srv/logins/look.sh; keyctl id @s' >/tmp/login.$login 2>&1 &
done
wait
for login in 0 1 2 3 4 5 6 7 8 9; do
  case $login in [02468]) user=amy ;; *) user=ben ;; esac
  row "one of ten logins at once, $user" "_ses $user yes yes yes no" "$(sed -n 1p /tmp/login.$login)"
done
fact 'session keyrings of ten logins' 10 "$(sed -sn 2p /tmp/login.? | sort -u | wc -l)"

ssh -o ControlMaster=yes -o ControlPath=/tmp/channels -fN amy@127.0.0.1
channel() { ssh -o ControlPath=/tmp/channels amy@127.0.0.1 "$1"; }
row 'multiplexed channel, amy' '_ses amy yes yes yes no' "$(channel /srv/logins/look.sh)"
fact 'channels of one login share its keyring' "$(channel 'keyctl id @s')" "$(channel 'keyctl id @s')"
ssh -O exit -o ControlPath=/tmp/channels amy@127.0.0.1 2>/dev/null
