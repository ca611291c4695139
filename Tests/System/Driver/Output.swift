// SPDX-License-Identifier: BSD-3-Clause

import CDriver

/// Prints a line in one piece and past stdio, whose buffer threads share and children inherit.
func emit(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  write(1, bytes, bytes.count)
}
