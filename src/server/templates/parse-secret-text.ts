import type { PayloadPart, SecretSlot } from '../../contract/payload.ts'
import type { Mistake } from '../../contract/problem.ts'
import { findSimilar } from '../base/find-similar.ts'
import { positionsIn } from './positions-in.ts'
import { readSlot } from './read-slot.ts'

export type ParsedSecretText =
  | { readonly ok: true; readonly parts: PayloadPart[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }

/**
 * An address or a header value in which `${NAME}` stands for a secret and `$${` for a literal `${`. In an address
 * secrets may stand in path and query only, so that no secret decides where a request goes. Whether the text itself is
 * an address or a header value is not judged here.
 */
export function parseSecretText(
  text: string,
  within: 'url' | 'text',
  secretNames: ReadonlySet<string>,
): ParsedSecretText {
  const parts: PayloadPart[] = []
  const mistakes: Mistake[] = []
  const positionOf = positionsIn(text)
  let pending = ''
  let from = 0
  for (const match of text.matchAll(/\$\$\{|\$\{/g)) {
    const start = match.index
    if (start < from) continue
    pending += text.slice(from, start)
    if (match[0] === '$${') {
      pending += '${'
      from = start + match[0].length
      continue
    }
    const read = readSlot(text, start, false)
    from = read.end
    const mistake = 'mistake' in read ? read.mistake : refuse(read.slot)
    const misplaced = within === 'url' && !isInPathOrQuery(text, start)
    if (mistake !== undefined) mistakes.push({ ...positionOf(start), detail: mistake })
    else if (misplaced)
      mistakes.push({ ...positionOf(start), detail: 'In an address secrets may stand in path and query only.' })
    else {
      if (pending !== '') parts.push(pending)
      parts.push({ secret: (read as { slot: { name: string } }).slot.name, within } satisfies SecretSlot)
      pending = ''
    }
  }
  pending += text.slice(from)
  if (pending !== '') parts.push(pending)
  return mistakes.length === 0 ? { ok: true, parts } : { ok: false, mistakes }

  function refuse(slot: { name: string; path: readonly unknown[]; default?: string }): string | undefined {
    if (slot.path.length > 0 || slot.default !== undefined)
      return `\`\${${slot.name}}\` takes neither a path nor a default here.`
    if (secretNames.has(slot.name)) return undefined
    const similar = findSimilar(slot.name, secretNames)
    const advice = similar === undefined ? '' : ` Did you mean \`\${${similar}}\`?`
    return `\`\${${slot.name}}\` is not a granted secret.${advice}`
  }
}

/** What browsers forgive (blanks before the scheme, backslashes for slashes) is not forgiven here. */
function isInPathOrQuery(url: string, offset: number): boolean {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\\s]+(?=[/?])/i.exec(url)
  if (authority === null || offset < authority[0].length) return false
  const fragment = url.indexOf('#')
  return fragment === -1 || offset < fragment
}
