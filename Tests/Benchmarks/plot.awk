# SPDX-License-Identifier: BSD-3-Clause
#
# docs/performance.svg, from what figures.awk has read: a bar for each module, of the parts of a session.

function text(x, y, attributes, words) {
  printf "<text x=\"%.1f\" y=\"%d\"%s>%s</text>\n", x, y, attributes, words
}

function box(x, y, width, height, part) {
  printf "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n", part, x, y, width, height
}

function bar(condition, module, title,    i, x, width) {
  text(left - 8, y + 15, " text-anchor=\"end\"", title)
  x = left
  for (i = 1; i <= 4; i++) {
    width = value(version, condition, module, part[i]) * scale
    box(x, y, width, 20, part[i])
    x += width
  }
  text(x + 6, y + 15, "", sprintf("%.0f", value(version, condition, module, "whole")))
  y += 26
}

function group(condition, title) {
  text(left, y += 28, " font-weight=\"bold\"", title)
  y += 10
  bar(condition, "floor", "floor")
  bar(condition, "limit", "limit")
  bar(condition, "equal", "pam_session_keyring")
  bar(condition, "pam_keyinit", "pam_keyinit")
}

END {
  version = versions[1]
  split("load open close unload", part, " ")
  left = 160
  scale = 440 / value(version, "first", "pam_keyinit", "whole")
  print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 660 314\" role=\"img\">"
  print "<!-- SPDX-License-Identifier: BSD-3-Clause. Made by make bench. -->"
  print "<title>Microseconds of a PAM session with each module</title>"
  print "<style>"
  print "text { font: 13px sans-serif; fill: #1f2328 }"
  print ".load { fill: #0969da } .open { fill: #1a7f37 } .close { fill: #bf8700 } .unload { fill: #8250df }"
  print "@media (prefers-color-scheme: dark) {"
  print "  text { fill: #e6edf3 }"
  print "  .load { fill: #4493f8 } .open { fill: #3fb950 } .close { fill: #d29922 } .unload { fill: #ab7df8 }"
  print "}"
  print "</style>"
  for (i = 1; i <= 4; i++) {
    box(left + (i - 1) * 90, 6, 12, 12, part[i])
    text(left + (i - 1) * 90 + 18, 17, "", part[i])
  }
  y = 18
  group("first", "First session of a process, microseconds, Linux-PAM " version ", equal work")
  group("later", "Later session of a process")
  print "</svg>"
}
