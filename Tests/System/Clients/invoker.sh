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

# invoked CLIENT INVOKER USER [ORIGIN]
invoked() {
  for origin in ${4:-sshd login}; do
    expected=$own
    [ "$2" = root ] || expected=$invokers
    [ "$2 $configuration" != 'root as shipped' ] || expected=$all
    case $1 in
      su_login) expected=$own ;;
      sudo_login) [ "$configuration" = 'as shipped' ] || expected=$own ;;
    esac
    row "$1 by $2 from $origin, $3" "$expected" "$(through "$origin" "$2" "/clients/invoke.sh $1 $3")"
  done
}

# What is found where the caller's keyring stays, and in one of the user's own, with a link and without.
all='yes yes - invoker invoker both'
linked='yes yes yes own apart invoker'
own='- - yes own apart none'

for configuration in 'as shipped' 'the package' 'link=invoker' 'inherit'; do
  section "su and sudo, $configuration" @s @u own both stored plants
  case $configuration in
    'as shipped') as_shipped && invokers=$all ;;
    'the package') invokers=$own ;;
    'link=invoker') copy su su && copy sudo sudo && invokers=$linked ;;
    inherit)
      copy su su && copy sudo sudo && invokers=$all
      sed -i 's/link=.*invoker/inherit/' /etc/pam.d/su /etc/pam.d/sudo
      ;;
  esac
  for client in su sudo; do
    invoked $client amy root
    invoked $client amy ben
    invoked $client root amy
  done
  invoked su_login amy root sshd
  invoked sudo_login amy root sshd
  reconfigure
done
