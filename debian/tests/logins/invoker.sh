#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# su and sudo, by a user and by root, from ssh and from a console: whose keys the other user's program
# finds, and where its own go.

# Each has a key in @u, of one name for all and of one for each. Root's @u is not the chroot's alone: the
# keys expire. Setting that takes a session keyring that leads to them.
id=$(id -u amy)
for user in amy ben root; do
  # shellcheck disable=SC2016 # what it reads it reads there
  as "$user" keyctl session - sh -c 'keyctl link @u @s
    keyctl timeout "$(keyctl add user "$0" yes @u)" 600
    keyctl timeout "$(keyctl add user "$1" own @u)" 600' "own:$id:$user" "both:$id" 2>/dev/null
done

# invoked EXPECTED CLIENT INVOKER USER ORIGIN...
invoked() {
  expected=$1 client=$2 invoker=$3 user=$4
  shift 4
  for origin; do
    row "$client by $invoker from $origin, $user" "$expected" \
      "$(through "$origin" "$invoker" "/srv/logins/invoke.sh $client $user")"
  done
}

# What is found where the caller's keyring stays, and in one of the user's own, with a link and without.
all='yes yes - invoker invoker both'
linked='yes yes yes own apart invoker'
own='- - yes own apart none'

for configuration in 'as shipped' 'the package' 'link=invoker' 'inherit'; do
  section "su and sudo, $configuration" @s @u own both stored plants
  users=$own roots=$own login=$own
  case $configuration in
    'as shipped') as_shipped && users=$all roots=$all login=$all ;;
    'link=invoker') copy su su && copy sudo sudo && users=$linked ;;
    inherit)
      copy su su && copy sudo sudo && users=$all
      sed -i 's/link=.*invoker/inherit/' /etc/pam.d/su /etc/pam.d/sudo
      ;;
  esac
  for client in su sudo; do
    invoked "$users" "$client" amy root sshd login
    invoked "$users" "$client" amy ben sshd login
    invoked "$roots" "$client" root amy sshd login
  done
  invoked "$own" su_login amy root sshd
  invoked "$login" sudo_login amy root sshd
  reconfigure
done
