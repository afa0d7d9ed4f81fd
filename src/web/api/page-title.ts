const product = 'Signalbox'
let said: readonly string[] = []
let waiting = 0

/** The title of the tab: the page, what it is, and before them how much needs somebody. */
export const pageTitle = {
  say(parts: readonly string[]): void {
    said = parts
    write()
  },
  count(attention: number): void {
    waiting = attention
    write()
  },
}

function write(): void {
  document.title = `${waiting === 0 ? '' : `(${waiting}) `}${[...said, product].join(' · ')}`
}
