#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# cupsd authenticates who logs in to its web page in itself, calls pam_setcred and opens no session. What
# it starts has its session keyring, which shows it: a backend of mode 700 runs as root, any other as lp. The last rows
# are a trial of what must not be done: the line in common-auth.

usermod -aG lpadmin amy
for backend in keyring keyring-of-root; do
  cat >/usr/lib/cups/backend/$backend <<'END_OF_BACKEND'
#!/bin/sh
[ $# != 0 ] || exit 0
echo "$(id -un) $(keyctl id @s) $(/srv/logins/finds.sh clients:amy)" >/tmp/printing 2>&1
mv /tmp/printing /tmp/printed
END_OF_BACKEND
done
chmod 755 /usr/lib/cups/backend/keyring
chmod 700 /usr/lib/cups/backend/keyring-of-root

start_cupsd() {
  cupsd -f 2>/dev/null &
  cupsd=$!
  wait_for test -S /run/cups/cups.sock
  for printer in keyring keyring-of-root; do
    lpadmin -p $printer -E -v $printer:/ 2>/dev/null
  done
}

stop_cupsd() {
  kill $cupsd
  wait $cupsd || true
}

# page PASSWORD: what cupsd answers to amy, who asks for a page of the administrator's.
page() {
  curl -s -o /dev/null -w '%{http_code}' -u "amy:$1" http://localhost:631/admin/conf/cupsd.conf
}

# printed PRINTER: who prints, whether in the keyring that cupsd was started in, and amy's key.
printed() {
  rm -f /tmp/printed
  echo text | lp -d "$1" -o raw >/dev/null 2>&1
  wait_for test -e /tmp/printed
  sed "s/ $(keyctl id @s) / cupsd's /; s/ [0-9][0-9]* / another /" /tmp/printed
}

# prints WHEN KEYRING KEY
prints() {
  row "$1" "lp $2 $3" "$(printed keyring)"
  row "$1" "root $2 $3" "$(printed keyring-of-root)"
}

for configuration in 'the package' 'pam.d/credentials' 'trial: the line in common-auth'; do
  case $configuration in
    pam.d*) copy_credentials ;;
    trial*) sed -i '1i auth optional pam_session_keyring.so' /etc/pam.d/common-auth ;;
  esac
  section "cupsd, $configuration" runs-as keyring "amy's"
  start_cupsd
  prints 'job before the login' "cupsd's" -
  fact 'page, with a wrong password' 401 "$(page wrong)"
  prints 'job after a refused login' "cupsd's" -
  fact "page, with amy's password" 200 "$(page local)"
  case $configuration in
    trial*) prints "job after amy's login" another secret ;;
    *) prints "job after amy's login" "cupsd's" - ;;
  esac
  stop_cupsd
  reconfigure
done
