# SPDX-License-Identifier: BSD-3-Clause
#
# Reads build/bench.tsv: version, condition, service, part, and the lower quartile, the median and the upper
# quartile of a turn, or one value. value() is the median of the turns.

BEGIN { FS = "\t" }

{
  if (!($1 in seen)) { seen[$1] = 1; versions[++version_count] = $1 }
  key = $1 FS $2 FS $3 FS $4
  turn = ++turns[key]
  low[key, turn] = $5
  middle[key, turn] = NF > 5 ? $6 : $5
  high[key, turn] = $7
}

function value(version, condition, service, part) {
  return median(middle, version FS condition FS service FS part)
}

function median(values, key,    count, i, j, sorted, swap) {
  count = turns[key]
  for (i = 1; i <= count; i++) {
    sorted[i] = values[key, i]
    for (j = i; j > 1 && sorted[j - 1] + 0 > sorted[j] + 0; j--) {
      swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap
    }
  }
  return sorted[int((count + 1) / 2)]
}
