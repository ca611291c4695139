# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2016,SC2154,SC2317,SC2329
# They are called by their names, and what is quoted is for the shell in the machine.
#
# For machines.sh to source. How to log in: `login_KIND` prints what look saw. The first is alice's login that
# stays open, by ssh with a key; most of the others begin in it, or in root's.

login_ssh_key() { reach alice look; }
login_ssh_password() { to alice -o PubkeyAuthentication=no 127.0.0.1 look </dev/null; }
login_ssh_second() { to alice 127.0.0.1 look </dev/null; }
login_console() { "$here/console.py" "$work/console" alice secret look; }

login_su() { reach root 'su alice -c look'; }
login_su_login() { reach root 'su - alice -c look'; }
login_su_other() { reach alice 'echo secret | su bob -c look 2>/dev/null'; }
login_sudo() { reach alice 'sudo look'; }
login_sudo_other() { reach alice 'sudo -u bob look'; }
login_sudo_by_root() { reach root 'sudo -u alice look'; }
login_sudo_login() { reach alice 'sudo -i look'; }
login_runuser() { reach root 'runuser alice -c look'; }
login_runuser_login() { reach root 'runuser -l alice -c look'; }

login_at() { answer_to alice "echo '/usr/local/bin/answer ~/answer' | at now 2>/dev/null"; }
# cron runs such a job when it starts for the first time since the file is gone.
login_cron() {
  reach alice "echo '@reboot /usr/local/bin/answer ~/answer' | crontab -"
  answer_to root 'rm -f /run/crond.reboot; systemctl restart cron'
  reach alice 'crontab -r'
}

login_user_service() { answer_to alice 'systemctl --user start look'; }
login_user_run() { reach alice 'systemd-run --user --pipe --wait --quiet look'; }
login_user_scope() { reach alice 'systemd-run --user --scope --quiet look'; }
# The program takes no name on the bus: the call fails once it has ended.
login_dbus() {
  answer_to alice 'busctl --user --quiet call org.freedesktop.DBus /org/freedesktop/DBus \
    org.freedesktop.DBus StartServiceByName su org.example.Look 0 >/dev/null 2>&1'
}
login_run0() { reach root 'run0 --user=alice --pipe look'; }
login_machinectl() {
  answer_to root \
    'machinectl --quiet shell alice@.host /usr/local/bin/answer /home/alice/answer >/dev/null'
}
login_service_pam() {
  reach root 'systemd-run --pipe --wait --quiet -p User=alice -p PAMName=login look'
}
login_service_user() { reach root 'systemd-run --pipe --wait --quiet -p User=alice look'; }
login_podman() {
  reach alice 'podman run --rm --network=none --volume /usr/local/bin/look:/bin/look \
    --rootfs /srv/container /bin/look' | tr -d '\r'
}

# Carol's service manager runs without a login: what a service of hers sees, and what her login does.
login_linger() { answer_to root 'loginctl enable-linger carol' carol; }
login_linger_ssh() { to carol 127.0.0.1 look </dev/null; }

# What tmux runs sees what the login saw that left it.
login_tmux() {
  to alice 127.0.0.1 'tmux new-session -d' </dev/null
  leave alice
  wait_for 30 reach root '! pgrep -u alice sshd' || return
  answer_to root 'runuser -u alice -- tmux send-keys "/usr/local/bin/answer ~/answer" Enter'
}
login_beside_tmux() { login_ssh_second; }
# Her session keyrings that are left when all that was hers has ended: some are there before.
login_ended() {
  ! no_keyrings || return
  reach root 'runuser -u alice -- tmux kill-server'
  wait_for 60 reach root '! systemctl --quiet is-active user@$(id -u alice)' || return
  wait_for 60 no_keyrings
  reach root "$keyrings" | xargs | sed 's/^$/none/'
}
keyrings='setpriv --reuid alice --clear-groups awk -v "uid=$(id -u alice)" \
  "\$6 == uid && \$2 !~ /R/ && \$8 == \"keyring\" && \$9 !~ /^_(uid|uid_ses|persistent)[.]/" /proc/keys'
no_keyrings() { [ ! "$(reach root "$keyrings")" ]; }
login_at_last() { login_ssh_second; }

# answer_to USER COMMAND [WHOSE]: has the command run, and waits for the answer in the file, alice's if
# nothing else is said.
answer_to() {
  local answer=/home/${3:-alice}/answer
  reach root "rm -f $answer"
  reach "$1" "$2"
  reach root "for try in \$(seq 150); do cat $answer 2>/dev/null && break; sleep 0.2; done"
}
