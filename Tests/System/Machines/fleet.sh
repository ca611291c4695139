# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. Two machines on which Debian's ansible rolls the package out, as
# examples/rollout.yml has it: the first one gets worse, and the second is not touched; then neither does.

declare -A machines=() ports=()
fleet=$work/fleet

# shellcheck disable=SC2317,SC2329 # the trap calls it
end_fleet() {
  for machine in "${machines[@]}"; do kill "$machine" 2>/dev/null || true; done
  machine=
  work=${fleet%/fleet} end_machine
}

# on NAME COMMAND...: with the variables of that machine.
on() {
  local work=$fleet/$1 port=${ports[$1]:-} machine=${machines[$1]:-} status=0
  "${@:2}" || status=$?
  ports[$1]=$port machines[$1]=$machine
  return "$status"
}

boot_one() {
  mkdir "$work"
  boot "$1" "$kernel" "$root"
}

# A repository in the machine itself: it reaches nothing else.
with_repository() {
  mkdir "$work/repository"
  # shellcheck disable=SC2086 # a word a package
  cp $packages "$work/repository"
  (cd "$work/repository" && dpkg-scanpackages . >Packages) || return
  # shellcheck disable=SC2016 # for the shell in the machine
  tar -C "$work/repository" -c . | to root 127.0.0.1 'mkdir /srv/repository
    tar -xC /srv/repository; rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
    echo "deb [trusted=yes] file:/srv/repository ./" >/etc/apt/sources.list'
}

# Logins that stay: one by ssh, and one by su, which is in root's keyring until the package is there.
with_logins() {
  reach alice 'sleep 1000 >/dev/null 2>&1 &'
  reach root 'su alice -c "exec sleep 1000" >/dev/null 2>&1 &'
}

# Whatever it is that goes wrong with the installation: afterwards sshd gives nobody a keyring.
get_worse() {
  reach root "cp /etc/pam.d/sshd /root
    echo 'DPkg::Post-Invoke { \"[ ! -e /usr/share/pam-configs/session-keyring ] || \
      { grep -v session /root/sshd; echo session required pam_permit.so; } >/etc/pam.d/sshd\"; };' \
      >/etc/apt/apt.conf.d/99worse"
}
get_well() { reach root 'rm /etc/apt/apt.conf.d/99worse; mv /root/sshd /etc/pam.d/sshd'; }

roll_out() {
  touch "$fleet/ansible.cfg"
  LC_ALL=C.UTF-8 ANSIBLE_CONFIG=$fleet/ansible.cfg ANSIBLE_HOST_KEY_CHECKING=False ANSIBLE_NOCOLOR=1 \
    ansible-playbook -i "$fleet/inventory" -e "reports=$fleet/reports" "$top/examples/rollout.yml"
}

cannot_roll_out() { ! roll_out; }

# The last field of the machine's row.
verdict() { awk -F ' *[|] *' -v "name=$1" '$2 == name { print $7 }' "$fleet/reports/session-keyring.md"; }

has_package() { reach root 'dpkg -s libpam-session-keyring >/dev/null 2>&1 && echo yes || echo no'; }

new_login() {
  reach root 'pkill sleep; su alice -c "exec sleep 1000" >/dev/null 2>&1 &
    sleep 2; session-keyring ps --logins --fail-on none >/dev/null; echo $?'
}

run_fleet() {
  local name kernel root
  trap end_fleet EXIT
  step 'install ansible' env DEBIAN_FRONTEND=noninteractive apt-get -qqy --no-install-recommends install \
    ansible-core dpkg-dev
  cached kernel trixie
  kernel=$made
  cached root trixie
  root=$made
  mkdir "$fleet"
  for name in first second; do
    step "boot: $name" on "$name" boot_one "$name"
    step "repository: $name" on "$name" with_repository
    step "log in: $name" on "$name" with_logins
    printf '%s ansible_host=127.0.0.1 ansible_port=%s ansible_user=root ansible_ssh_private_key_file=%s\n' \
      "$name" "${ports[$name]}" "$cache/key" >>"$fleet/inventory"
  done

  on first get_worse
  step 'roll out, the first gets worse' cannot_roll_out
  grep -A 1 'Stop if' "$work/step.log" || true
  cat "$fleet/reports/session-keyring.md"
  check 'the first machine' 'worse: sshd' "$(verdict first)"
  check 'the first machine has the package' yes "$(on first has_package)"
  check 'the second has not' no "$(on second has_package)"

  on first get_well
  step 'roll out' roll_out
  cat "$fleet/reports/session-keyring.md"
  for name in first second; do
    check "the $name machine" 'no worse' "$(verdict "$name")"
    check "the $name machine has the package" yes "$(on "$name" has_package)"
    check "new logins on the $name machine" 0 "$(on "$name" new_login)"
  done
  step 'roll out again' roll_out
  check 'the table' 2 "$(grep -c 'no worse' "$fleet/reports/session-keyring.md")"
}
