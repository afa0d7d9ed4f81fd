export interface DiffLine {
  /** `…` stands for lines that are the same and left out. */
  readonly sign: '−' | '+' | ' ' | '…'
  readonly text: string
  /** From where to where a line differs from the one that took its place; left out where it does altogether. */
  readonly changed?: readonly [start: number, end: number]
}

/** One setting that is not what it was. */
export interface Difference {
  readonly heading: string
  readonly lines: readonly DiffLine[]
}

/** Above that, what is between the same beginning and the same end counts as changed altogether. */
const cellsMax = 1_000_000

/** One column: what went, what came, and `context` lines around them that stayed. */
export function diffLines(before: string, after: string, context = 2): readonly DiffLine[] {
  return shorten(markChanges(align(linesOf(before), linesOf(after))), context)
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n')
}

function align(before: readonly string[], after: readonly string[]): DiffLine[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const same = (text: string): DiffLine => ({ sign: ' ', text })
  return [
    ...before.slice(0, start).map(same),
    ...alignMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ]
}

/** By the longest common subsequence. */
function alignMiddle(before: readonly string[], after: readonly string[]): DiffLine[] {
  const width = after.length + 1
  const small = before.length * after.length <= cellsMax
  const common = new Uint16Array(small ? (before.length + 1) * width : 0)
  if (small)
    for (let i = before.length - 1; i >= 0; i--)
      for (let j = after.length - 1; j >= 0; j--)
        common[i * width + j] =
          before[i] === after[j]
            ? common[(i + 1) * width + j + 1]! + 1
            : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length)
    if (small && i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i]! })
      i++
      j++
    } else if (
      i < before.length &&
      (!small || j === after.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    )
      lines.push({ sign: '−', text: before[i++]! })
    else lines.push({ sign: '+', text: after[j++]! })
  return lines
}

/** Where as many lines came as went, each took the place of one. */
function markChanges(lines: readonly DiffLine[]): DiffLine[] {
  const marked = [...lines]
  for (let at = 0; at < lines.length;) {
    const went = countFrom(lines, at, '−')
    const came = countFrom(lines, at + went, '+')
    if (went > 0 && went === came)
      for (let pair = at; pair < at + went; pair++) {
        const [a, b] = [lines[pair]!, lines[pair + went]!]
        const [start, end] = sameEnds(a.text, b.text)
        if (start + end === 0) continue
        marked[pair] = { ...a, changed: [start, a.text.length - end] }
        marked[pair + went] = { ...b, changed: [start, b.text.length - end] }
      }
    at += Math.max(1, went + came)
  }
  return marked
}

function countFrom(lines: readonly DiffLine[], from: number, sign: DiffLine['sign']): number {
  let end = from
  while (lines[end]?.sign === sign) end++
  return end - from
}

function sameEnds(a: string, b: string): readonly [start: number, end: number] {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return [start, end]
}

function shorten(lines: readonly DiffLine[], context: number): readonly DiffLine[] {
  if (context === Infinity) return lines
  const near = new Set<number>()
  lines.forEach(({ sign }, index) => {
    if (sign === ' ') return
    for (let at = index - context; at <= index + context; at++) near.add(at)
  })
  return lines.flatMap((line, index) => {
    if (line.sign !== ' ' || near.has(index)) return [line]
    return index === 0 || near.has(index - 1) ? [{ sign: '…', text: '' }] : []
  })
}
