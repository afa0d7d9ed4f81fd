import { Problem } from '../../contract/problem.ts'
import type { App } from './app.ts'

/** JSON in UTF-8 is the one kind of body there is. What another decoder would quietly mend is refused. */
export function readJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = decode(body as Buffer)
    if (text === undefined) return done(new Problem('request-malformed', 'The body is not UTF-8.'))
    // Many a client names the type of a body that it does not send; where none is taken, that does no harm.
    if (text === '' && request.routeOptions.schema?.body === undefined) return done(null, undefined)
    void parse(request, text, (error, value) => {
      if (error !== null && text !== '' && isJson(text))
        return done(
          new Problem('request-malformed', 'The body has a member called __proto__ or constructor.prototype.'),
        )
      done(error, value)
    })
  })
}

function decode(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
