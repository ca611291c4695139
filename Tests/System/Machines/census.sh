# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. What `session-keyring ps` says of all that logs in, held against what `status`
# says inside: look asks for both.

# check_census MACHINE SET-UP: after the matrix.
check_census() {
  check "$1, $2, ps says what status says" all "$(reach root 'census agreement')"
  check "$1, $2, ps changes nothing and lists all" $'same\nmissing:' "$(reach root 'census changes')"
  printf '       ps beside status: %s, %s, %d processes\n' "$1" "$2" "$(reach root 'census count')"
  count_reliant "$1" "$2"
  [ "$2" = shipped ] || check_lockdown "$1"
  note "$1, $2: ps" "$(reach root 'uname -r')" -
}

# Logins of each kind that stay. As shipped those that a daemon or root begins are in a keyring that root owns.
count_reliant() {
  local reliant
  stay_logged_in
  check "$1, $2, logins that stay" 9 "$(reach root 'pgrep -cx census-stays')"
  reliant=$(reach root 'census reliant')
  printf '       rely on the fallback or root: %s, %s, %s processes of logins\n' "$1" "$2" "$reliant"
  [ "$2" = shipped ] || check "$1, $2, processes of logins on the fallback or on root" 0 "${reliant% of *}"
  reach root 'pkill -x census-stays'
}

# shellcheck disable=SC2016 # for the shell in the machine
stay_logged_in() {
  reach root 'cp /bin/sleep /usr/local/bin/census-stays
    su alice -c "census-stays 1000" >/dev/null 2>&1 &
    su - alice -c "census-stays 1000" >/dev/null 2>&1 &
    sudo -u alice census-stays 1000 >/dev/null 2>&1 &
    echo "@reboot /usr/local/bin/census-stays 1000" | su alice -c "crontab -"
    rm -f /run/crond.reboot; systemctl restart cron'
  reach alice 'sudo census-stays 1000 >/dev/null 2>&1 &
    sudo -u bob census-stays 1000 >/dev/null 2>&1 &
    echo "/usr/local/bin/census-stays 1000" | at now 2>/dev/null
    systemd-run --user --quiet census-stays 1000
    census-stays 1000 >/dev/null 2>&1 &'
  wait_for 240 reach root '[ "$(pgrep -cx census-stays)" -ge 9 ]' || true
  reach root 'su alice -c "crontab -r"'
}

# At the end, since it stays until the machine is booted anew.
check_lockdown() {
  check "$1, ps in lockdown" \
    $'Error: the kernel is in lockdown (confidentiality) and shows its memory to nobody, kernel_lockdown(7)\nstatus 2' \
    "$(reach root 'census lockdown')"
}
