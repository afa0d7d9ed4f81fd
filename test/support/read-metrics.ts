/** What a page of metrics says, by series as it is written: `name{label="value"}`. */
export type Figures = ReadonlyMap<string, number>

/** Reads the text format of Prometheus as strictly as its parser does: every sample follows the type of its family. */
export function readFigures(text: string): Figures {
  const figures = new Map<string, number>()
  let family: { name: string; type: string } | undefined
  for (const line of text.trimEnd().split('\n')) {
    const [, word, described, rest = ''] = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line) ?? []
    if (word === 'HELP') continue
    if (word === 'TYPE') {
      if (!/^(counter|gauge|histogram)$/.test(rest)) throw new Error(`no type: ${line}`)
      family = { name: described!, type: rest }
      continue
    }
    const [, series, name, value] = /^(([a-z_]+)(?:\{(?:[a-z]+="[^"\\]*",?)+\})?) (-?[0-9.e+-]+)$/.exec(line) ?? []
    const own = family?.type === 'histogram' ? name?.replace(/_(bucket|sum|count)$/, '') : name
    if (series === undefined || own !== family?.name) throw new Error(`no sample of ${family?.name}: ${line}`)
    if (figures.has(series)) throw new Error(`told twice: ${line}`)
    figures.set(series, Number(value))
  }
  return figures
}
