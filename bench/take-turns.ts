import { median } from './statistics.ts'

/** Measures the one and the other in turns, so that what else the machine does meets both; answers the medians. */
export async function takeTurns(
  rounds: number,
  value: () => Promise<number>,
  ceiling: () => Promise<number>,
): Promise<{ readonly value: number; readonly ceiling: number }> {
  const values: number[] = []
  const ceilings: number[] = []
  for (let round = 0; round < rounds; round++) {
    ceilings.push(await ceiling())
    values.push(await value())
  }
  return { value: median(values), ceiling: median(ceilings) }
}
