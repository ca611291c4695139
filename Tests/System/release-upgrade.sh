#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
#
# release-upgrade.sh PACKAGE...: Debian 12 with the packages, in a chroot, becomes Debian 13 while users are
# logged in: their sessions keep what they had, and end as they should; new ones get what they got before.

set -euo pipefail
packages=$(realpath "$@" | xargs)
cd "$(dirname "$0")"
# shellcheck source=Tests/lease.sh
. ../lease.sh
# shellcheck source=Tests/System/mmdebstrap.sh
. ./mmdebstrap.sh
# shellcheck source=Tests/System/new-root.sh
. ./new-root.sh

mmdebstrap --quiet --variant=apt --include=busybox,cron,keyutils,mount,openssh-server,openssh-client,procps,sudo \
  --customize-hook="cp $packages \"\$1/srv\"" \
  --customize-hook="chroot \"\$1\" sh -c 'apt-get -qqy install /srv/*.deb'" \
  bookworm "$work/root" "$mirror"

cat >"$work/root/srv/stay" <<'STAY'
#!/bin/sh
# stay NAME: stores a key, and looks for it again when the machine has been upgraded.
keyctl add user kept "$1" @s >/dev/null
keyctl id @s >"/tmp/$1"
until [ -e /tmp/over ]; do sleep 0.2; done
{ keyctl id @s; keyctl pipe "$(keyctl request user kept)"; } >>"/tmp/$1" 2>&1
STAY
cat >"$work/root/srv/upgrade" <<'UPGRADE'
set -euo pipefail
failed=0 passed=0
check() {
  if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED: $1: $3, not $2"; fi
}
own='explicit: session keyring owned by this user'
look() { session-keyring status | head -n 1; }
lines() { grep -h pam_session_keyring /etc/pam.d/common-session{,-noninteractive} | xargs; }
start_sshd() { mkdir -p /run/sshd && /usr/sbin/sshd -p "$port" -o ListenAddress=127.0.0.1; }
ssh_amy() { ssh -p "$port" -o StrictHostKeyChecking=no -o LogLevel=ERROR amy@127.0.0.1 "$@"; }

useradd -m -s /bin/sh -u "$uid" amy
printf 'amy ALL = (ALL) NOPASSWD: ALL\n' >/etc/sudoers.d/amy
ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519 || { mkdir -m 700 ~/.ssh; ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519; }
install -d -m 700 -o amy -g amy ~amy/.ssh
install -m 600 -o amy -g amy ~/.ssh/id_ed25519.pub ~amy/.ssh/authorized_keys
busybox syslogd -O /var/log/all
start_sshd
before=$(lines)
check 'the lines' 'session optional pam_session_keyring.so session optional pam_session_keyring.so' "$before"
ssh_amy /srv/stay ssh &
su amy -c '/srv/stay su' &
sudo -u amy /srv/stay sudo &
until [ -s /tmp/ssh ] && [ -s /tmp/su ] && [ -s /tmp/sudo ]; do sleep 0.2; done

sed -i 's/bookworm/trixie/g' /etc/apt/sources.list
apt-get -qq update
apt-get -qqy -o Dpkg::Options::=--force-confold full-upgrade >/var/log/upgrade 2>&1 || { tail -n 30 /var/log/upgrade; exit 1; }
check 'the release' trixie "$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)"
check 'the lines then' "$before" "$(lines)"
check 'the module' 'install ok installed' "$(dpkg-query -f '${Status}' -W libpam-session-keyring)"
check 'a login by su, meanwhile' "$own" "$(session-keyring renew -- su amy -c 'session-keyring status' | head -n 1)"
touch /tmp/over
wait
for session in ssh su sudo; do
  check "$session: keyring and key" "$(sed -n 1p /tmp/$session) $session" "$(sed -n '2,$p' /tmp/$session | xargs)"
done
kill "$(cat /run/sshd.pid)" 2>/dev/null || true
sleep 1
start_sshd
check 'a login by ssh afterwards' "$own" "$(ssh_amy 'session-keyring status' | head -n 1)"
check 'a login by sudo afterwards' "$own" "$(session-keyring renew -- sudo -u amy session-keyring status | head -n 1)"
check "the module's log lines" 0 "$(grep -c session_keyring /var/log/all || true)"
echo "libpam: $(dpkg-query -f '${Version}' -W libpam0g)"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
UPGRADE
chmod 755 "$work/root/srv/stay"
enter "$work/root" "uid=$uid port=$((20000 + uid / 100 % 20000)) $in_pid_namespace bash /srv/upgrade"
