import { eventTypes, type EventType, type ScopeType } from '../../contract/event-types.ts'
import type { Mistake } from '../../contract/problem.ts'
import { accessTokenName } from '../../contract/secret.ts'
import { parseFilter } from '../rules/parse-filter.ts'
import type { Grants } from '../templates/bind-secrets.ts'
import { checkTemplate } from '../templates/check-template.ts'
import { parseTemplate } from '../templates/parse-template.ts'

/** What an automation says, held against the event type and the webhook it names. */
export interface AutomationUse {
  readonly scopeType: ScopeType
  readonly eventType: EventType
  readonly filter: unknown
  /** Undefined for a no-op. */
  readonly template: string | undefined
  /** What its webhook lends to payloads. */
  readonly grants: Grants
  readonly strict: boolean
}

export interface AutomationCheck {
  readonly mistakes: readonly Mistake[]
  readonly warnings: readonly Mistake[]
  /** Names of the secrets the payload holds, `ACCESS_TOKEN` included. */
  readonly secrets: readonly string[]
}

/** Every mistake at once, each with its place. Pure. */
export function checkAutomation(use: AutomationUse): AutomationCheck {
  const kind = eventTypes[use.eventType]
  const filter = parseFilter(use.filter, kind.fields, '#/filter')
  const template = checkPayload(use)
  return {
    mistakes: [...checkEventType(use), ...(filter.ok ? [] : filter.mistakes), ...template.mistakes],
    warnings: template.warnings,
    secrets: template.secrets,
  }
}

function checkEventType({ eventType, scopeType }: AutomationUse): Mistake[] {
  const { recorded, scopes, title } = eventTypes[eventType]
  if (!recorded)
    return [{ pointer: '#/event_type', detail: `This version of Signalbox does not record “${title}” yet.` }]
  if ((scopes as readonly ScopeType[]).includes(scopeType)) return []
  return [
    {
      pointer: '#/event_type',
      detail: `“${title}” does not happen at the level of a ${scopeType}: it takes ${scopes.join(' or ')}.`,
    },
  ]
}

/** The payload's part of the check, which is made again whenever an automation is shown. */
export function checkPayload({
  template,
  eventType,
  grants,
  strict,
}: Pick<AutomationUse, 'template' | 'eventType' | 'grants' | 'strict'>): AutomationCheck {
  if (template === undefined) return { mistakes: [], warnings: [], secrets: [] }
  const parsed = parseTemplate(template)
  if (!parsed.ok) return { mistakes: parsed.mistakes.map(inTemplate), warnings: [], secrets: [] }
  const { mistakes, warnings, secrets } = checkTemplate(parsed.template, { ...grants, eventType, strict })
  return {
    mistakes: mistakes.map(inTemplate),
    warnings: [...warnings, ...(parsed.template.isJsonObjectAsText ? [] : [hiddenFromSdk])].map(inTemplate),
    secrets,
  }
}

/** The grants that a payload was saved with, as its automation keeps them. */
export function grantsOfSecrets(secrets: readonly string[]): Grants {
  return {
    secretNames: new Set(secrets.filter((name) => name !== accessTokenName)),
    hasAccessToken: secrets.includes(accessTokenName),
  }
}

const hiddenFromSdk: Mistake = {
  detail:
    'The template becomes JSON only when it is rendered, or is no object, so the wandb SDK cannot show this payload. Deliveries are not affected.',
}

function inTemplate(mistake: Mistake): Mistake {
  return { pointer: '#/action/template', ...mistake }
}
