#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
#
# MIT Kerberos with its credential caches in keyrings, krb5.conf(5).

# cache_in session | persistent: where the user's programs look, and where pam_krb5 stores.
cache_in() {
  residual=krb5
  [ "$1" = session ] || residual=%
  cat >/etc/krb5.conf <<END
[libdefaults]
  default_realm = CLIENTS.EXAMPLE.ORG
  dns_lookup_kdc = false
  default_ccache_name = KEYRING:$1:$(echo $residual | sed 's/%/%{uid}/')
[realms]
  CLIENTS.EXAMPLE.ORG = {
    kdc = 127.0.0.1
  }
[appdefaults]
  pam = {
    ccache = KEYRING:$1:$(echo $residual | sed 's/%/%u/')
  }
END
}

cache_in session
kdb5_util create -s -P master >/dev/null 2>&1
for user in amy ben; do kadmin.local add_principal -pw secret $user >/dev/null 2>&1; done
krb5kdc

# klist -s is silent, and true if there is a ticket that is valid.
ticket='klist -s && echo yes || echo no'

section 'Kerberos, KEYRING:session:krb5'
cache='export KRB5CCNAME=KEYRING:session:krb5'
fact 'ticket in the login that got it' yes \
  "$(through sshd amy "$cache; echo secret | kinit >/dev/null; $ticket")"
fact "ticket in a child without the login's terminal" yes \
  "$(through sshd amy "$cache; echo secret | kinit >/dev/null; setsid -w sh -c '$ticket'")"
fact 'ticket in another login' no "$(through sshd amy "$cache; $ticket")"

section 'Kerberos, KEYRING:persistent'
persistent="export KRB5CCNAME=KEYRING:persistent:$(id -u amy)"
fact 'ticket in the login that got it' yes \
  "$(through sshd amy "$persistent; echo secret | kinit >/dev/null; $ticket")"
fact 'ticket in another login' yes "$(through su_login amy "$persistent; $ticket")"
fact 'ticket in a cron job' yes "$(through cron amy "sh -c '$persistent; $ticket'")"
fact "ticket in another user's login" no "$(through sshd ben "$persistent; $ticket")"
# So that another user's ticket would be seen in her own jobs.
through sshd amy "$persistent; kdestroy"
