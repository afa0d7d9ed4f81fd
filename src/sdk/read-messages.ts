/** What a stream of server-sent events brings: a message, or only the news of how far it has come. */
export interface StreamPart {
  /** The id last named. */
  readonly id: string | undefined
  readonly message: { readonly event: string; readonly data: string } | undefined
}

/**
 * Takes server-sent events apart, however they were cut on their way. A part comes with every block; a last one without
 * its blank line was cut off and is none.
 */
export function makeMessageReader(): (chunk: string) => StreamPart[] {
  let rest = ''
  let id: string | undefined
  let event = ''
  let data: string[] = []

  function readLine(line: string): StreamPart | undefined {
    if (line === '') {
      const message = data.length === 0 ? undefined : { event: event === '' ? 'message' : event, data: data.join('\n') }
      event = ''
      data = []
      return { id, message }
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id') id = value
    return undefined
  }

  return (chunk) => {
    // Half of a line end may still come.
    const text = rest + chunk
    const lines = text.split(text.endsWith('\r') ? /\r\n|\n|\r(?!$)/ : /\r\n|\n|\r/)
    rest = lines.pop()!
    return lines.flatMap((line) => readLine(line) ?? [])
  }
}
