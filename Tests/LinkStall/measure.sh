#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Measures links and logins while a user keeps the kernel's lock for links busy; see docs/link-stall.md.
#
# As root, after `make module`: measure.sh MODULE [-w WIDTH] [-p PROCESSES] [-s SECONDS] [-o WORD]
#
# It stalls the links of the whole machine for so many seconds, and then ends by itself. Users and
# services exist for this run alone, as in demo.sh.

set -eu

module=$(realpath "$1")
shift
here=$(realpath "$(dirname "$0")")
# shellcheck source=Tests/lease.sh
. "$here/../lease.sh"

# The attacker, and the one who logs in: 50 uids for each run, since some of them are used up.

cc -std=gnu17 -O2 -Wall -Wextra -o "$work/link-stall" "$here/link-stall.c"
printf 'root:x:0:0::/root:/bin/sh\nuser:x:%d:%d::/:/bin/sh\n' "$other_uid" "$other_uid" >"$work/passwd"
printf 'user:x:%d:\n' "$other_uid" >"$work/group"
echo 'session required pam_deny.so' >"$work/other"

# service NAME LINE
service() { echo "session required $2" >"$work/$1"; }
service floor pam_permit.so
service none "$module force revoke link=none"
service one "$module force revoke link=user-session"
service two "$module force revoke"
service keyinit 'pam_keyinit.so force revoke'

# login SERVICE: the command for a session.
login() {
  echo "LD_PRELOAD='libpam_wrapper.so libnss_wrapper.so' PAM_WRAPPER=1" \
    "PAM_WRAPPER_SERVICE_DIR='$work' NSS_WRAPPER_PASSWD='$work/passwd' NSS_WRAPPER_GROUP='$work/group'" \
    "pamtester $1 user open_session close_session >/dev/null"
}

"$work/link-stall" "$@" -u "$uid" \
  "session, pam_permit: $(login floor)" \
  "session, link=none: $(login none)" \
  "session, one link: $(login one)" \
  "session, default links: $(login two)" \
  "session, pam_keyinit: $(login keyinit)"
