#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# A tmux that outlives the login it was started in, whose keyring Debian's pam_keyinit revokes: its
# shells find no key, and do again after `session-keyring renew`. fish has threads, for which the kernel
# refuses: it starts again in a new keyring.

# pane COMMAND: types it into the shell of the tmux that is named like that, and prints what it printed.
pane() {
  rm -f /tmp/answer
  as amy tmux -L "$shell" send-keys "$1 >/tmp/answer.new 2>&1; mv /tmp/answer.new /tmp/answer" Enter
  wait_for test -e /tmp/answer
  sed 's/[0-9][0-9]*/N/' /tmp/answer
}

touch ~amy/.zshrc
section 'tmux after the logout, and session-keyring renew'
for shell in bash dash zsh fish; do
  through sshd amy "tmux -L $shell new -d $shell"
  # What is typed before the shell reads is lost in some.
  sleep 1
  fact "$shell: amy's key" - "$(pane '/srv/logins/finds.sh clients:amy')"
  if [ $shell = fish ]; then
    as amy tmux -L fish send-keys 'exec session-keyring renew -- fish' Enter
    sleep 1
  else
    fact "$shell: session-keyring renew" 'renewed: session keyring N, which links @us and @u' \
      "$(pane 'session-keyring renew')"
  fi
  fact "$shell: amy's key then" secret "$(pane '/srv/logins/finds.sh clients:amy')"
  fact "$shell: once more" 'kept: session keyring N, which links @us and @u' \
    "$(pane "sh -c 'session-keyring renew; true'")"
  as amy tmux -L "$shell" kill-server
done
