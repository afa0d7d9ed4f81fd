import { useState } from 'react'

export interface Chosen<Item> {
  /** In the order of the list; what is not shown is not chosen. */
  readonly items: readonly Item[]
  readonly isAll: boolean
  /** Whether there is anything to choose. */
  readonly isPossible: boolean
  has(item: Item): boolean
  choose(item: Item, on: boolean): void
  chooseAll(on: boolean): void
}

/** Rows that are ticked to do something with all of them. */
export function useChosen<Item extends { readonly id: string }>(shown: readonly Item[]): Chosen<Item> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const items = shown.filter(({ id }) => ids.has(id))
  return {
    items,
    isAll: items.length > 0 && items.length === shown.length,
    isPossible: shown.length > 0,
    has: ({ id }) => ids.has(id),
    choose: ({ id }, on) => setIds(new Set([...ids].filter((one) => one !== id).concat(on ? [id] : []))),
    chooseAll: (on) => setIds(new Set(on ? shown.map(({ id }) => id) : [])),
  }
}
