#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Sessions without trouble log nothing.

section 'Log'
fact 'logins that were logged at all, to see that the log was read' yes \
  "$(grep -q 'session opened for user amy' /var/log/all && echo yes)"
fact "the module's lines" 0 "$(grep -c session_keyring /var/log/all)"
