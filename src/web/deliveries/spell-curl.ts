/** A request as a line for a shell; secrets are variables of it, by their names. */
export function spellCurl({
  url,
  headers,
  body,
}: {
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}): string {
  const sent = headers.filter(([name]) => !madeByCurl.has(name.toLowerCase()))
  const lines = [
    `curl --request POST ${quote(url)}`,
    ...sent.map(([name, value]) => `  --header ${quote(`${name}: ${value}`)}`),
    `  --data-binary ${quote(body)}`,
  ]
  return lines.join(' \\\n')
}

const madeByCurl = new Set(['content-length', 'host', 'connection'])

/** A text as one word of a shell, in which only secrets are looked up. */
function quote(text: string): string {
  return text
    .split(/(‹secret \w+›)/)
    .map((piece) => {
      const [, secret] = /^‹secret (\w+)›$/.exec(piece) ?? []
      return secret === undefined ? quoteText(piece) : `"$${secret}"`
    })
    .join('')
}

function quoteText(text: string): string {
  return text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
