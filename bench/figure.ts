/** One measured value beside what it is measured against. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The same of the bare pipeline, or of the undisturbed case, in the same run; null where the goal is absolute. */
  readonly ceiling: number | null
  readonly ratio: number | null
  readonly goal: string | null
  /** Null where there is no goal. */
  readonly pass: boolean | null
}

export interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: string
}

/** The ratio to the ceiling is to be at least, or at most, so much. */
export function besideCeiling(
  { name, value, unit }: Measured,
  ceiling: number,
  goal?: { readonly atLeast: number } | { readonly atMost: number },
): Figure {
  const ratio = value / ceiling
  const common = { name, value: rounded(value), unit, ceiling: rounded(ceiling), ratio: rounded(ratio) }
  if (goal === undefined) return { ...common, goal: null, pass: null }
  return 'atLeast' in goal
    ? { ...common, goal: `ratio ≥ ${goal.atLeast}`, pass: ratio >= goal.atLeast }
    : { ...common, goal: `ratio ≤ ${goal.atMost}`, pass: ratio <= goal.atMost }
}

/** The value itself is to be at most so much, whatever the ceiling beside it is. */
export function withinLimit({ name, value, unit }: Measured, atMost: number, ceiling?: number): Figure {
  const beside =
    ceiling === undefined
      ? { ceiling: null, ratio: null }
      : { ceiling: rounded(ceiling), ratio: rounded(value / ceiling) }
  return { name, value: rounded(value), unit, ...beside, goal: `≤ ${atMost} ${unit}`, pass: value <= atMost }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

export function printTable(figures: readonly Figure[]): string {
  const heads = ['name', 'value', 'unit', 'ceiling', 'ratio', 'goal', 'pass']
  const rows = figures.map(({ name, value, unit, ceiling, ratio, goal, pass }) => [
    name,
    String(value),
    unit,
    ceiling === null ? '' : String(ceiling),
    ratio === null ? '' : ratio.toFixed(2),
    goal ?? '',
    pass === null ? '' : pass ? 'yes' : 'NO',
  ])
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()
  return [line(heads), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}
