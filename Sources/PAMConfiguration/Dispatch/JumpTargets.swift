// SPDX-License-Identifier: BSD-3-Clause

/// Where a line of a stack can lead to, by the lines' levels of substacks.
struct JumpTargets {
  /// For each line the one after the last of its own substack, or of the whole stack.
  private let ends: [Int]
  /// The lines of each substack itself, without those of substacks in it.
  private var siblings: [[Int]] = []
  /// For each line its substack in `siblings`, and its place there.
  private var places: [(substack: Int, position: Int)] = []

  init(levels: [Int]) {
    var ends = Array(repeating: levels.count, count: levels.count)
    // The lines whose end has not come yet, those of the outermost level first.
    var waiting: [(level: Int, index: Int)] = []
    // The substacks that have not ended.
    var open: [(level: Int, substack: Int)] = []
    for (index, level) in levels.enumerated() {
      while let last = waiting.last, last.level > level {
        ends[last.index] = index
        waiting.removeLast()
      }
      waiting.append((level, index))
      while let last = open.last, last.level > level { open.removeLast() }
      if open.last?.level != level {
        open.append((level, siblings.count))
        siblings.append([])
      }
      let substack = open[open.count - 1].substack
      places.append((substack, siblings[substack].count))
      siblings[substack].append(index)
    }
    self.ends = ends
  }

  func end(ofLevelAt index: Int) -> Int { ends[index] }

  /// The line that a jump leads to; nil if there are not that many. A substack counts as one line.
  func target(of count: Int, from index: Int) -> Int? {
    let (substack, position) = places[index]
    let lines = siblings[substack]
    // The count of a jump can be any number.
    let left = lines.count - position - 1
    guard count <= left else { return nil }
    return count < left ? lines[position + 1 + count] : ends[index]
  }
}
