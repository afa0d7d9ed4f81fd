import type { Mistake } from '../../contract/problem.ts'
import { findSimilar } from '../base/find-similar.ts'
import { isReservedHeader } from '../outbound/reserved-headers.ts'
import { parseSecretText } from '../templates/parse-secret-text.ts'
import { checkTls } from './check-tls.ts'
import { grantedNames, type WebhookSettings } from './webhook.ts'

/** Every mistake that the settings make against each other and against the secrets there are. Pure. */
export function checkSettings(
  settings: WebhookSettings,
  secretNames: ReadonlySet<string>,
  allowUnverifiedTls: boolean,
): readonly Mistake[] {
  const granted = grantedNames(settings)
  const mistakes: Mistake[] = []
  const requireSecret = (name: string | null, pointer: string) => {
    if (name !== null && !secretNames.has(name))
      mistakes.push({ pointer, detail: `There is no secret “${name}”.${didYouMean(name, secretNames)}` })
  }
  requireSecret(settings.access_token, '#/access_token')
  requireSecret(settings.secret, '#/secret')
  settings.granted_secrets.forEach((name, index) => requireSecret(name, `#/granted_secrets/${index}`))

  mistakes.push(...checkText(settings.url, 'url', granted, '#/url'))
  settings.headers.forEach(({ name, value }, index) => {
    if (isReservedHeader(name))
      mistakes.push({ pointer: `#/headers/${index}/name`, detail: `Signalbox sets ${name} itself.` })
    const pointer = `#/headers/${index}/value`
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      mistakes.push({ pointer, detail: 'A header holds printable characters of Latin-1 only, on one line.' })
    mistakes.push(...checkText(value, 'text', granted, pointer))
  })
  mistakes.push(...checkTls(settings.tls, allowUnverifiedTls))
  return mistakes
}

function checkText(text: string, within: 'url' | 'text', granted: ReadonlySet<string>, pointer: string): Mistake[] {
  const parsed = parseSecretText(text, within, granted)
  return parsed.ok ? [] : parsed.mistakes.map((mistake) => ({ pointer, ...mistake }))
}

function didYouMean(name: string, names: ReadonlySet<string>): string {
  const similar = findSimilar(name, names)
  return similar === undefined ? '' : ` Did you mean “${similar}”?`
}
