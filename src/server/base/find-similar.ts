/** The name a person probably meant: at most a third of its letters, and at least two, may be wrong. */
export function findSimilar(meant: string, names: Iterable<string>): string | undefined {
  const wrongMax = Math.max(2, Math.floor(meant.length / 3))
  let best: string | undefined
  let bestWrong = wrongMax + 1
  for (const name of names) {
    if (meant.length > 100 || Math.abs(name.length - meant.length) >= bestWrong) continue
    const wrong = countEdits(meant.toLowerCase(), name.toLowerCase())
    if (wrong < bestWrong && wrong < name.length) [best, bestWrong] = [name, wrong]
  }
  return best
}

/** Letters to add, drop, replace or swap with their neighbour to make one text the other. */
function countEdits(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let edits = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1])
        edits = Math.min(edits, beforeLast[column - 2]! + 1)
      current.push(edits)
    }
    beforeLast = last
    last = current
  }
  return last[to.length]!
}
