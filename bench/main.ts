import { writeFile } from 'node:fs/promises'
import type { Bench } from './bench.ts'
import { backlog } from './benches/backlog.ts'
import { batch } from './benches/batch.ts'
import { cost } from './benches/cost.ts'
import { embedded } from './benches/embedded.ts'
import { fairness } from './benches/fairness.ts'
import { fanout } from './benches/fanout.ts'
import { history } from './benches/history.ts'
import { idle } from './benches/idle.ts'
import { isolation } from './benches/isolation.ts'
import { latency } from './benches/latency.ts'
import { matching } from './benches/matching.ts'
import { retries } from './benches/retries.ts'
import { throughput } from './benches/throughput.ts'
import { verb } from './benches/verb.ts'
import { printTable, type Figure } from './figure.ts'
import { openHouse } from './house.ts'
import { readOrder } from './sizes.ts'

// npm run bench [-- --only NAME] [--json FILE] …: see docs/operate/benchmarks.md.

const benches: readonly Bench[] = [
  throughput,
  batch,
  verb,
  latency,
  fanout,
  matching,
  isolation,
  fairness,
  backlog,
  history,
  retries,
  embedded,
  cost,
  idle,
]

const order = readOrder(process.argv.slice(2), process.env)
const wanted = order.only ?? benches.map(({ name }) => name)
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0)
  throw new Error(`no bench is named ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`)

// Every process of the bench ends when this one does.
setTimeout(() => {
  console.error(`not done within ${order.minutesMax} minutes`)
  process.exit(1)
}, order.minutesMax * 60_000).unref()

const figures: Figure[] = []
for (const bench of benches.filter(({ name }) => wanted.includes(name))) {
  console.error(`${bench.name} …`)
  try {
    figures.push(...(await measure(bench)))
    if (order.jsonFile !== undefined) await writeFile(order.jsonFile, `${JSON.stringify(figures, null, 2)}\n`)
  } catch (error) {
    // The others are measured all the same.
    console.error(`${bench.name} could not be measured:`, error)
    process.exitCode = 1
  }
}
console.log(printTable(figures))

async function measure(bench: Bench): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack()
  return await bench.run(await openHouse(order, stack))
}
