#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# ticket.sh FILE: whether there is a ticket. klist -s is silent, and true if there is a valid one.

klist -s && echo yes >"$1" || echo no >"$1"
