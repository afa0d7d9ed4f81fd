import type { Figure } from './figure.ts'
import type { House } from './house.ts'

export interface Bench {
  readonly name: string
  run(house: House): Promise<readonly Figure[]>
}
