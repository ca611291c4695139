# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2016,SC2154,SC2317,SC2329
# They are called by their names, and what is quoted is for the shell in the machine.
#
# For machines.sh to source. Logins on a desktop: `login_MANAGER_WHAT` has the scripts in the machine drive a
# display manager, and prints what the desktop saw.

drive() { limit=1200 reach root "/srv/set-up/drive $1 $2"; }

for manager in gdm greetd lightdm sddm xrdp; do
  eval "login_${manager}_again() { cells \"\$(drive $manager again)\"; }"
  for what in autologin refused other; do
    eval "login_${manager}_$what() { drive $manager $what; }"
  done
done

# cells LOOKS: a line each. What is the same in all is said once, with how many keyrings they had.
cells() {
  local look keyrings
  keyrings=$(cut -d ' ' -f 2 <<<"$1" | sort -u | wc -l)
  printf '%d logins, %d keyrings, ' "$(wc -l <<<"$1")" "$keyrings" | sed 's/, 1 keyrings/, 1 keyring/'
  while read -r look; do cell "$look"; done <<<"$1" | sort -u | sed '2,$s|^| / |' | paste -sd ''
}

# Lockers lock the desktop that stays.
login_lightdm_stays() { drive lightdm stay; }
for locker in i3lock xsecurelock xscreensaver dm_tool; do
  eval "login_lock_$locker() { limit=1200 reach root '/srv/set-up/lock $locker'; }"
done

# With its agent for terminals, which asks for root's password.
login_pkexec_refused() {
  reach alice 'with-password wrong pkexec look >&2; [ $? = 127 ]' &&
    reach root '. /srv/set-up/waiting && more_refusals polkit-1 0 && echo refused'
}
login_pkexec() { pkexec_look ''; }
login_pkexec_other() { pkexec_look '--user bob'; }
pkexec_look() {
  reach alice "with-password secret sh -c 'pkexec $1 look >~/seen' >&2; cat ~/seen; rm ~/seen"
}
