import { isIP } from 'node:net'
import type { AllowList } from './allow-list.ts'
import type { Lookup } from './guarded-connect.ts'
import { adviceFor, allows, judgeAddress } from './judge-address.ts'

export interface UrlVerdict {
  /** Why it is refused. Each is a sentence that says what to do. */
  readonly mistakes: readonly string[]
  /** Why requests would not arrive as things are now; that may change, so it is kept. */
  readonly warnings: readonly string[]
}

/** Names that always mean a place inside. */
const insideNames = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|svc|localdomain|home\.arpa)$/i

/**
 * What the guard says of an address that is about to be saved. What it is by itself (scheme, user, port, a literal or
 * name inside) is refused; what its name means today is only warned of, since the guard judges again at every connection.
 * Slots in path and query have been filled with something harmless before.
 */
export function makeUrlCheck(allowList: AllowList, lookup: Lookup): (url: string) => Promise<UrlVerdict> {
  return async (text) => {
    const url = URL.parse(text)
    if (url === null) return refused('This is no address. Write it as in https://example.com/hook.')
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      return refused('An address begins with https:// or http://.')
    const mistakes: string[] = []
    if (url.username !== '' || url.password !== '')
      mistakes.push('An address holds no user and password. Keep them as a secret, and send them in a header.')
    if (url.hash !== '') mistakes.push('What follows # is never sent. Leave it out.')
    const target = {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    }
    const listed = allowList.some((entry) => allows(entry, isIP(target.host) === 0 ? undefined : target.host, target))
    if (isIP(target.host) !== 0) {
      const judgement = judgeAddress(target.host, target, allowList)
      if (!judgement.allowed) mistakes.push(sentence(judgement.why))
    } else if (!listed && isInside(target.host))
      mistakes.push(sentence(`${target.host} is a name inside; ${adviceFor(target)}`))
    if (mistakes.length > 0 || isIP(target.host) !== 0 || listed) return { mistakes, warnings: [] }
    return { mistakes, warnings: await warnOfName(target, allowList, lookup) }
  }
}

/** A dot at the end changes nothing of what a name means. */
function isInside(host: string): boolean {
  const name = host.replace(/\.$/, '')
  return insideNames.test(name) || !name.includes('.')
}

function warnOfName(target: { host: string; port: number }, allowList: AllowList, lookup: Lookup): Promise<string[]> {
  return new Promise((resolve) => {
    lookup(target.host, (error, addresses) => {
      if (error !== null || addresses.length === 0) return resolve([`The name ${target.host} has no address now.`])
      const refusals = addresses.flatMap(({ address }) => {
        const judgement = judgeAddress(address, target, allowList)
        return judgement.allowed ? [] : [sentence(judgement.why)]
      })
      resolve(refusals.slice(0, 1))
    })
  })
}

function refused(mistake: string): UrlVerdict {
  return { mistakes: [mistake], warnings: [] }
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
