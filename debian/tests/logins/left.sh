#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Whether a ticket has been left in the session keyring. It is taken out again.

keyctl show @s 2>/dev/null | grep -q krbtgt/ && echo yes || echo no
if cache=$(keyctl search @s keyring _krb_krb5 2>/dev/null); then keyctl unlink "$cache" @s; fi
