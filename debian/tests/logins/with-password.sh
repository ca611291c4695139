#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# `with_password CLIENT USER PASSWORD COMMAND`: a login that asks for it. What it prints is left.sh's
# answer about the keyring of who called: the session of amy's that su was run in, or the daemon's.
# shellcheck disable=SC2317,SC2029 # called by their names; what is expanded here is meant to be

password_su() { ssh amy@127.0.0.1 "echo $2 | su $1 -c '$3'; /srv/logins/left.sh"; }
password_su_login() { ssh amy@127.0.0.1 "echo $2 | su - $1 -c '$3'; /srv/logins/left.sh"; }

password_sshd() {
  printf '#!/bin/sh\necho %s\n' "$2" >/srv/logins/askpass
  chmod 755 /srv/logins/askpass
  SSH_ASKPASS=/srv/logins/askpass SSH_ASKPASS_REQUIRE=force ssh -o NumberOfPasswordPrompts=1 \
    -o PreferredAuthentications=password "$1@127.0.0.1" "$3" </dev/null || true
  wait_for no_session_of "$1"
  /srv/logins/left.sh
}
# sshd closes the session when the client has gone, or later.
no_session_of() { ! pgrep -f "^sshd(-session)?: $1\>" >/dev/null; }

# On a terminal, with one attempt.
password_login() {
  rm -f /tmp/typescript
  sed -i 's/^LOGIN_RETRIES.*/LOGIN_RETRIES 1/' /etc/login.defs
  {
    wait_for grep -qs Password: /tmp/typescript
    echo "$2"
    wait_for grep -qsE '^[$] |incorrect' /tmp/typescript
    echo "$3; exit"
  } | script -qefc "exec login $1" /tmp/typescript >/dev/null || true
  /srv/logins/left.sh
}

with_password() {
  client=$1
  shift
  "password_$client" "$@" 2>/dev/null
}
