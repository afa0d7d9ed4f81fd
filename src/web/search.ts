/** An address that a person can read and type: `?state=failed&state=skipped`, every value as text. */
export function parseSearch(search: string): Record<string, string | readonly string[]> {
  const found = new URLSearchParams(search)
  return Object.fromEntries(
    [...new Set(found.keys())].map((key) => {
      const values = found.getAll(key)
      return [key, values.length === 1 ? values[0]! : values]
    }),
  )
}

export function stringifySearch(search: Record<string, unknown>): string {
  const written = new URLSearchParams()
  for (const [key, value] of Object.entries(search))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') written.append(key, String(one))
  const text = written.toString()
  return text === '' ? '' : `?${text}`
}

/** What of an address is to be another, or with undefined no more there. */
export type SearchChange<Search> = { readonly [key in keyof Search]?: Search[key] | undefined }
