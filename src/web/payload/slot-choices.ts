import type { EventType } from '../../contract/event-types.ts'
import { accessTokenName } from '../../contract/secret.ts'
import { variables, type Variable } from '../../contract/variables.ts'
import { pathsIn } from './paths-in.ts'

/** What can stand in `${…}`. */
export interface SlotChoice {
  readonly name: string
  readonly kind: 'value' | 'part' | 'secret' | 'blank'
  /** What it means, in the contract's words; parts and secrets have none. */
  readonly about?: string
  /** In the event that was chosen; undefined where it has none, or may not be seen. */
  readonly value?: unknown
}

export interface SlotContext {
  readonly eventType: EventType
  readonly secrets: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

const depthMax = 3

/** Variables of the event first, then what is in them, then secrets, then what would be blank. */
export function slotChoices({ eventType, secrets, values }: SlotContext): readonly SlotChoice[] {
  const all = Object.entries<Variable>(variables)
  const told = all.filter(([, { eventTypes }]) => eventTypes.includes(eventType))
  const parts = told
    .filter(([, { hasParts }]) => hasParts)
    .flatMap(([name]) => pathsIn(values[name], name, depthMax))
    .map((name): SlotChoice => ({ name, kind: 'part', value: valueAt(values, name) }))
  return [
    ...told.map(([name, { about }]): SlotChoice => ({ name, kind: 'value', about, value: values[name] })),
    ...parts,
    ...secrets
      .toSorted((one, other) => Number(one === accessTokenName) - Number(other === accessTokenName))
      .map((name): SlotChoice => ({ name, kind: 'secret' })),
    ...all
      .filter(([, { eventTypes }]) => !eventTypes.includes(eventType))
      .map(([name, { about }]): SlotChoice => ({ name, kind: 'blank', about })),
  ]
}

/** By its name, whatever path or default follows it. */
export function findChoice(choices: readonly SlotChoice[], expression: string): SlotChoice | undefined {
  const [path = '', name] = /^(\w+)[\w.]*/.exec(expression) ?? []
  return choices.find((choice) => choice.name === path) ?? choices.find((choice) => choice.name === name)
}

function valueAt(values: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], values)
}
