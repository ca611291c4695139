#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# Opens and closes a session with pamtester and shows the keyrings before, inside and after it.
#
# The user and the service exist for this run alone: nss_wrapper and pam_wrapper show them to
# pamtester, and a directory that goes away with the run holds them.

set -eu

module=$(realpath "$1")
here=$(realpath "$(dirname "$0")/../..")
# shellcheck source=Tests/lease.sh
. "$here/Tests/lease.sh"

printf 'root:x:0:0::/root:/bin/sh\ndemo:x:%d:%d::/:/bin/sh\n' "$uid" "$uid" >"$work/passwd"
printf 'demo:x:%d:\n' "$uid" >"$work/group"
sed "s|pam_session_keyring.so|$module|" "$here/pam.d/pamtester" >"$work/demo"
echo 'session required pam_deny.so' >"$work/other"

# What pam_exec runs as the login's first program, and again when the session has been closed.
cat >"$work/show" <<'SHOW'
#!/bin/sh
case $PAM_TYPE in
open_session) echo; echo "Inside the session of $PAM_USER:" ;;
close_session) echo; echo 'After the session was closed (revoke):' ;;
esac
keyctl show @s 2>&1 || true
if [ "$PAM_TYPE" = open_session ]; then
  printf '\nrequest_key finds the key that is kept in @us: '
  keyctl request user demo:ticket
fi
SHOW
chmod +x "$work/show"
printf 'session optional pam_exec.so stdout quiet %s/show\n' "$work" >>"$work/demo"

echo "The user demo (uid $uid) keeps a key in its user session keyring, @us:"
as "$uid" keyctl add user demo:ticket secret @us
echo
echo 'A program of the user without a session keyring falls back to it, as do all the others:'
as "$uid" keyctl show @us

echo
echo 'pamtester opens a session for demo through the module, as a login program does:'
grep -v '^#' "$work/demo" | sed -n "s|$module|pam_session_keyring.so|; s|^session|  session|p"

LD_PRELOAD='libpam_wrapper.so libnss_wrapper.so' PAM_WRAPPER=1 PAM_WRAPPER_SERVICE_DIR="$work" \
  NSS_WRAPPER_PASSWD="$work/passwd" NSS_WRAPPER_GROUP="$work/group" \
  pamtester demo demo open_session close_session
