# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
#
# For machines.sh to source. The matrix: a row for each kind of login, a column for each set-up. What is
# expected, and why, is in matrix.txt.

# Where the whole matrix would take too long.
short='ssh_key ssh_second su sudo cron user_service tmux ended'

# cell LOOK: what look saw, in the words of the table. `same` is the keyring $first.
cell() {
  local uid serial name owner found roots whose
  read -r uid serial name owner found roots <<<"$1"
  case $roots in
    -) roots= ;;
    *) [ "$uid" = 0 ] && roots= || roots=" AND ROOT'S" ;;
  esac
  if [ "$serial" = "$first" ]; then
    whose=same
  elif [[ $name = _uid* ]]; then
    whose=implicit
  elif [ "$owner" = - ]; then
    whose=$(tr - ' ' <<<"$name")
  elif [ "$owner" = "$uid" ]; then
    whose=own
  elif [ "$owner" = 0 ]; then
    whose="root's"
  else
    whose="another user's"
  fi
  echo "$whose: $found$roots"
}

# run_matrix MACHINE SET-UP KINDS: asserts each cell of the column, and notes it for the table. All kinds,
# if none are named.
run_matrix() {
  local kind title shipped installed shared patched reason who seen begin=$SECONDS
  local -A serials=()
  keep_keys
  while IFS='|' read -r -u 3 kind title shipped installed shared patched reason; do
    [[ $kind != \#* && (! $3 || " $3 " = *" $kind "*) ]] || continue
    who=alice
    [[ $kind != linger* ]] || who=carol
    first=${serials[$who]:-}
    seen=$("login_$kind" 2>>"$work/errors.log" | tail -n 1) || true
    if [[ $seen =~ ^[0-9]+\ ([0-9]+|none)\  ]]; then
      : "${serials[$who]:=${BASH_REMATCH[1]}}"
      seen=$(cell "$seen")
    fi
    check "$1, $2, $title" "${!2}" "$seen"
    printf '%s\n' "$seen" >>"$work/$1.$2"
  done 3<"${matrix-$here/matrix.txt}"
  note "$1, $2" "$(reach root 'uname -r')" \
    "$(reach root 'systemctl --version' | sed -n 's/^systemd \([0-9]*\).*/\1/p')"
  printf '%4d s  log in: %s, %s, %d cells\n' $((SECONDS - begin)) "$1" "$2" "$(wc -l <"$work/$1.$2")"
}

keep_keys() {
  reach root 'keyctl add user machines:root secret @s; keyctl add user machines:root secret @us'
  reach alice 'for keyring in s us u; do
    keyctl add user "machines:alice-$keyring" secret "@$keyring"; done'
} >/dev/null
