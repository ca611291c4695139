# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. The tables, in build/, and in docs/verification.md where all of one was run and
# nothing was broken on purpose.

# print_matrix MATRIX MACHINE
print_matrix() {
  printf '| login | as shipped | package as installed | shared | |\n| --- | --- | --- | --- | --- |\n'
  grep -v '^#' "$here/$1" | cut -d '|' -f 2,7 | tr '|' '\t' |
    paste - "$work/$2".{shipped,installed,shared} |
    awk -F '\t' '{ printf "| %s | %s | %s | %s | %s |\n", $1, $3, $4, $5, $2 }'
}

# Each machine is a line.
print_machines() {
  printf '| machine | kernel | systemd | cells | as expected |\n| --- | --- | --- | --- | --- |\n'
  cat "$work/machines"
}

# document TABLE: between the lines that name it.
document() {
  local page=$top/docs/verification.md
  [ ! "$BREAK" ] || return 0
  awk -v "name=$1" -v "table=$top/build/$1.md" '
    $0 == "<!-- end of the " name " -->" { isOld = 0 }
    !isOld { print }
    index($0, "<!-- " name ":") == 1 { while ((getline line <table) > 0) print line; isOld = 1 }
  ' "$page" >"$work/page"
  cat "$work/page" >"$page"
}

write_tables() {
  print_machines | tee "$top/build/machines.md"
  [ "$SUITES" != all ] || document machines
  [ "$SET_UPS" = 'shipped installed shared' ] && [ ! "$KINDS" ] || return 0
  if [ "$DESKTOP" ]; then
    print_matrix Desktop/matrix.txt 'Debian 13, desktop' | tee "$top/build/desktop.md"
    document desktop
  else
    print_matrix matrix.txt 'Debian 13' | tee "$top/build/matrix.md"
    document matrix
  fi
}
