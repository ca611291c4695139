# SPDX-License-Identifier: BSD-3-Clause
#
# The tables of docs/performance.md, from what figures.awk has read.

function net(version, condition, module, part) {
  return value(version, condition, module, part) - value(version, condition, "floor", part)
}

function ratio(version, condition, module, part) {
  return net(version, condition, module, part) / net(version, condition, "pam_keyinit", part)
}

function table(title, columns) {
  print "\n" title "\n\n| | " columns " |"
  gsub(/[^|]+/, " --- ", columns)
  print "| --- |" columns "|"
}

function row(version, condition, title, part, format,    i) {
  printf "| %s, %s ", version, title
  for (i = 1; i <= 5; i++) printf "| " format " ", value(version, condition, module[i], part)
}

function ratios(version, condition, part,    i) {
  for (i = 2; i <= 4; i++) printf "| %.2f ", ratio(version, condition, module[i], part)
}

function quartiles(version, condition, module,    key) {
  key = version FS condition FS module FS "whole"
  return sprintf("%.0f (%.0f to %.0f)", median(middle, key), median(low, key), median(high, key))
}

# How much dearer the last of ten thousand sessions are than the first, by a line fitted through the
# medians of each thousand, in per cent of their mean.
function slope(version, module,    key, i, mean, rise, squares) {
  key = version FS "growth" FS module FS "whole"
  for (i = 1; i <= 10; i++) mean += middle[key, i] / 10
  for (i = 1; i <= 10; i++) {
    rise += (i - 5.5) * (middle[key, i] - mean)
    squares += (i - 5.5) * (i - 5.5)
  }
  return rise / squares * 9 / mean * 100
}

END {
  split("floor limit equal default pam_keyinit", module, " ")
  split("load open close unload whole", part, " ")
  split("first:later:first, libkeyutils loaded:later, libkeyutils loaded", condition, ":")
  modules = "floor | limit | equal work | default links | pam_keyinit"

  print "\nMeasured on " date ", " cpu ", " cpus " processors, Linux " kernel "."
  table("Net of the floor, as a ratio to pam_keyinit:",
    "limit | equal work | default links | pam_keyinit, microseconds | equal work above the limit, microseconds")
  for (v = 1; v <= version_count; v++) for (c = 1; c <= 4; c++) {
    printf "| %s, %s ", versions[v], condition[c]
    ratios(versions[v], condition[c], "whole")
    printf "| %.1f | %.1f |\n", net(versions[v], condition[c], "pam_keyinit", "whole"),
      value(versions[v], condition[c], "equal", "whole") - value(versions[v], condition[c], "limit", "whole")
  }
  table("The whole session in microseconds, median and quartiles:", modules)
  for (v = 1; v <= version_count; v++) for (c = 1; c <= 4; c++) {
    printf "| %s, %s ", versions[v], condition[c]
    for (i = 1; i <= 5; i++) printf "| %s ", quartiles(versions[v], condition[c], module[i])
    print "|"
  }
  for (c = 1; c <= 2; c++) {
    table("Its parts, " condition[c] " session, in microseconds, and net of the floor as a ratio to pam_keyinit:",
      modules " | limit, ratio | equal work, ratio | default links, ratio")
    for (v = 1; v <= version_count; v++) for (p = 1; p <= 5; p++) {
      row(versions[v], condition[c], part[p], part[p], "%.1f")
      ratios(versions[v], condition[c], part[p])
      print "|"
    }
  }
  table("Counted, whole session, libkeyutils not loaded:", modules)
  for (v = 1; v <= version_count; v++) {
    row(versions[v], "counted", "system calls", "system calls", "%d"); print "|"
    row(versions[v], "counted", "instructions, without the kernel's", "instructions", "%d"); print "|"
    row(versions[v], "first", "page faults, first session", "page faults", "%d"); print "|"
    row(versions[v], "later", "page faults, later session", "page faults", "%d"); print "|"
    row(versions[v], "memory", "KB resident, first session open", "resident", "%d"); print "|"
    row(versions[v], "memory", "KB private, first session open", "private", "%d"); print "|"
  }
  table("Change of a session's time over 10,000 sessions of one process:", "floor | default links")
  for (v = 1; v <= version_count; v++)
    printf "| %s | %+.1f %% | %+.1f %% |\n", versions[v], slope(versions[v], "floor"), slope(versions[v], "default")
  print ""
}
