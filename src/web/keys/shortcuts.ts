/** Keys pressed one after the other, and what they are for. They are off while somebody types. */
export const shortcuts = {
  search: '/',
  list: '?',
  overview: 'g o',
  automations: 'g a',
  history: 'g h',
  events: 'g e',
  registries: 'g r',
  webhooks: 'g w',
  create: 'c',
  down: 'j',
  up: 'k',
  open: 'Enter',
  select: 'x',
  menu: '.',
  filter: 'f',
  refresh: 'r',
  edit: 'e',
  test: 't',
  close: 'Escape',
} as const

export type Shortcut = keyof typeof shortcuts
export const shortcutNames = Object.keys(shortcuts) as Shortcut[]

/** What keys are so far: a whole shortcut, the start of one, or neither. */
export function readKeys(pressed: readonly string[]): Shortcut | 'started' | undefined {
  const keys = pressed.join(' ')
  const found = shortcutNames.find((name) => shortcuts[name] === keys)
  if (found !== undefined) return found
  return shortcutNames.some((name) => shortcuts[name].startsWith(`${keys} `)) ? 'started' : undefined
}

/** The letter on a key: where Korean is typed, the key of `g` says `ㅎ`. */
export function keyOf({ key, code }: { readonly key: string; readonly code: string }): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return letter !== undefined && !/^[ -~]$/.test(key) ? letter.toLowerCase() : key
}
