#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# How to run a command as a user through each client: `through CLIENT USER COMMAND` prints what it printed.
# shellcheck disable=SC2317,SC2029 # called by their names; what is expanded here is meant to be

through_sshd() { ssh "$1@127.0.0.1" "$2"; }
through_su() { su "$1" -c "$2"; }
through_su_login() { su - "$1" -c "$2"; }
through_runuser() { runuser "$1" -c "$2"; }
through_runuser_login() { runuser - "$1" -c "$2"; }
through_sudo() { sudo -u "$1" sh -c "$2"; }
through_sudo_login() { sudo -i -u "$1" sh -c "$2"; }
through_pkexec() { pkexec --user "$1" sh -c "$2"; }

# By a user, within a session of that user's: sudo's real uid is amy's then.
through_sudo_by_amy() { ssh amy@127.0.0.1 sudo -u "$1" "$2"; }

# The same question on a terminal. login flushes what was typed before it opened the terminal, so it is
# typed until there is an answer, fifty times at most. util-linux' login wants to be the terminal's first process.
through_login() {
  {
    typed=0
    until [ -s /tmp/answer ] || [ $((typed += 1)) -gt 50 ]; do
      echo "$2 >/tmp/answer"
      sleep 0.3
    done
    echo exit
  } | script -qec "exec login -f $1" /dev/null >/dev/null
  cat /tmp/answer
}

through_sshd_terminal() { ssh -tt "$1@127.0.0.1" "$2" </dev/null | tr -d '\r'; }

# Jobs answer into a file. cron runs @reboot jobs when it starts for the first time since then.
through_cron() {
  echo "@reboot $2 >/tmp/answer.new 2>&1; mv /tmp/answer.new /tmp/answer" | crontab -u "$1" -
  rm -f /run/crond.reboot
  cron -f &
  wait_for test -e /tmp/answer
  kill $!
  wait $! 2>/dev/null || true
  crontab -u "$1" -r
  cat /tmp/answer
}

through_atd() {
  echo "$2 >/tmp/answer.new 2>&1; mv /tmp/answer.new /tmp/answer" | as "$1" at now 2>/dev/null
  wait_for test -e /tmp/answer
  cat /tmp/answer
}

through() {
  rm -f /tmp/answer
  "through_$1" "$2" "$3" 2>&1 || true
}

# wait_for COMMAND: until it succeeds, ten seconds at most.
wait_for() {
  tries=200
  until "$@" || [ $((tries -= 1)) = 0 ]; do sleep 0.05; done
}
