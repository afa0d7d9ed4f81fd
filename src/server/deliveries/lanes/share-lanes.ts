import type { Lane } from './lane.ts'

/** Lanes with due work, and who there is to own them. */
export interface LaneSpread {
  readonly mine: number
  /** Of all workers, and of none. */
  readonly all: number
  readonly workers: number
}

/** How many lanes with due work this worker has beyond its share. Idle lanes are no load: whoever has them keeps them. */
export function surplusOf({ mine, all, workers }: LaneSpread): number {
  return workers < 2 ? 0 : Math.max(0, mine - Math.ceil(all / workers))
}

/** Those that are free soonest: what is under way of a lane has to end before somebody else may start anything of it. */
export function chooseLeaving(lanes: readonly Lane[], count: number): readonly Lane[] {
  return lanes
    .filter(({ leaving }) => !leaving)
    .toSorted((a, b) => a.inFlight - b.inFlight)
    .slice(0, Math.max(0, count))
}
