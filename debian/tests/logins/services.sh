#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# How /etc/pam.d is edited, and brought back.
# shellcheck disable=SC2317 # called by their names

# keep_services: reconfigure goes back to what is there now.
keep_services() {
  rm -rf /srv/logins/pam.d
  cp -a /etc/pam.d /srv/logins/pam.d
}

# configure SERVICE SED-SCRIPT: edits the service file as Debian and the package left it.
configure() {
  sed "$2" "/srv/logins/pam.d/$1" >"/etc/pam.d/$1"
}

# reconfigure: all service files are again as Debian and the package left them.
reconfigure() {
  cp -a /srv/logins/pam.d/. /etc/pam.d
}

# as_shipped: as Debian left them, without the package's line.
as_shipped() {
  sed -i '/pam_session_keyring/d' /etc/pam.d/common-session /etc/pam.d/common-session-noninteractive
}

examples=/usr/share/doc/libpam-session-keyring/examples

# copy EXAMPLE SERVICE: the package's example goes into the service as its comments say, above the
# include that it shows. For a session line pam_keyinit goes; for an auth line it gives its place.
copy() {
  line=$(grep -E '^(auth|session) ' "$examples/$1" | sed -z 's/\n$//; s/\n/\\n/g')
  include=$(sed -n 's/^@include common-\([a-z]*\).*/\1/p' "$examples/$1")
  keyinit='/pam_keyinit/d'
  [ "$include" = session ] || keyinit='s/pam_keyinit.so force/pam_session_keyring.so/'
  sed -i "$keyinit; s/^@include common-$include/$line\n&/" "/etc/pam.d/$2"
}

# copy_credentials: to the services that its comments name.
copy_credentials() {
  for service in su su-l sshd login; do copy credentials $service; done
}
