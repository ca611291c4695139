# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. The tables, in build/machines.md, and in docs/verification.md where all was run
# and nothing was broken on purpose.

print_matrix() {
  printf '| login | as shipped | package as installed | shared | |\n| --- | --- | --- | --- | --- |\n'
  grep -v '^#' "$here/matrix.txt" | cut -d '|' -f 2,6 | tr '|' '\t' |
    paste - "$work/Debian 13".{shipped,installed,shared} |
    awk -F '\t' '{ printf "| %s | %s | %s | %s | %s |\n", $1, $3, $4, $5, $2 }'
}

# What was run beside the matrix: a machine a line.
print_machines() {
  printf '\n| machine | kernel | systemd | cells | as expected |\n| --- | --- | --- | --- | --- |\n'
  cat "$work/machines"
}

write_tables() {
  local table=$top/build/machines.md pages=$top/docs/verification.md
  [ "$SET_UPS" = 'shipped installed shared' ] || return 0
  { print_matrix && print_machines; } | tee "$table"
  [ ! "$BREAK" ] && [ "$SUITES" = all ] || return 0
  awk -v "table=$table" '
    /^<!-- end of the machines/ { isOld = 0 }
    !isOld { print }
    /^<!-- machines/ { while ((getline line <table) > 0) print line; isOld = 1 }' "$pages" >"$work/pages"
  cat "$work/pages" >"$pages"
}
