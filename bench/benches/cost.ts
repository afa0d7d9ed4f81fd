import type { Bench } from '../bench.ts'
import { besideCeiling, type Figure } from '../figure.ts'
import type { Contender } from '../contender.ts'
import type { House } from '../house.ts'
import { measureThroughput } from '../pour.ts'
import { readCost, type ProcessCost } from '../process-cost.ts'
import { median } from '../statistics.ts'

/** What deliveries cost at full load: processor seconds for a thousand, and memory, of the server and of the database. */
export const cost: Bench = {
  name: 'cost',
  async run(house) {
    const { databasePid } = house
    if (databasePid === undefined)
      throw new Error('the cost of the database is known for the bench’s own alone: leave --database out')
    const ceiling = await house.startCeiling()
    const signalbox = await house.startSignalbox({})
    const webhook = await signalbox.makeWebhook('/ok', { concurrency_max: house.sizes.requestsAtOnce })
    await signalbox.makeAutomation(webhook)
    const spent = { ceiling: [] as Spent[], signalbox: [] as Spent[] }
    await spend(house, ceiling, databasePid)
    await spend(house, signalbox, databasePid)
    for (let round = 0; round < house.sizes.rounds; round++) {
      spent.ceiling.push(await spend(house, ceiling, databasePid))
      spent.signalbox.push(await spend(house, signalbox, databasePid))
    }
    await signalbox.stop()
    await ceiling.stop()
    const figure = (name: string, unit: string, of: (spent: Spent) => number): Figure =>
      besideCeiling({ name, value: median(spent.signalbox.map(of)), unit }, median(spent.ceiling.map(of)))
    return [
      figure('cost.cpu', 's/1,000 deliveries', ({ server, database }) => server.cpuSeconds + database.cpuSeconds),
      figure('cost.cpu.server', 's/1,000 deliveries', ({ server }) => server.cpuSeconds),
      figure('cost.cpu.database', 's/1,000 deliveries', ({ database }) => database.cpuSeconds),
      figure('cost.memory', 'MB', ({ server, database }) => server.memoryMb + database.memoryMb),
      figure('cost.memory.server', 'MB', ({ server }) => server.memoryMb),
    ]
  },
}

interface Spent {
  readonly server: ProcessCost
  readonly database: ProcessCost
}

async function spend(house: House, contender: Contender, databasePid: number): Promise<Spent> {
  const before = [readCost(contender.pid), readCost(databasePid)] as const
  const rate = await measureThroughput(house, contender)
  const { count } = await house.receiver.order({ order: 'tell' })
  if (rate === 0) throw new Error('nothing was delivered')
  const after = [readCost(contender.pid), readCost(databasePid)] as const
  const per = (from: ProcessCost, to: ProcessCost): ProcessCost => ({
    cpuSeconds: ((to.cpuSeconds - from.cpuSeconds) * 1000) / count,
    memoryMb: to.memoryMb,
  })
  return { server: per(before[0], after[0]), database: per(before[1], after[1]) }
}
