import { eventTypes, type EventType } from '../../contract/event-types.ts'
import type { Mistake } from '../../contract/problem.ts'
import { variables, type Variable, type VariableName } from '../../contract/variables.ts'
import { findSimilar } from '../base/find-similar.ts'
import { limits } from '../base/limits.ts'
import { bindSecrets, isSecretSlot, type Grants } from './bind-secrets.ts'
import { describeSlot } from './print-template.ts'
import type { Slot, Template } from './template.ts'

export interface TemplateCheck {
  readonly mistakes: readonly Mistake[]
  readonly warnings: readonly Mistake[]
  /** Names of the secrets it uses, `ACCESS_TOKEN` included, in the order of first use. */
  readonly secrets: readonly string[]
}

export interface TemplateUse extends Grants {
  readonly eventType: EventType
  /** False: what would be refused is kept, with a warning, and renders blank. */
  readonly strict: boolean
}

/** Holds the template's names against what there is: variables of the event type, and secrets lent by the webhook. */
export function checkTemplate(template: Template, use: TemplateUse): TemplateCheck {
  const refused: Mistake[] = []
  const warnings: Mistake[] = []
  for (const slot of template.slots) {
    const at = { line: slot.line, column: slot.column }
    const refusal = refuseSlot(slot, use)
    const warning = refusal === undefined ? warnOfSlot(slot, use) : undefined
    if (refusal !== undefined) refused.push({ ...at, detail: refusal })
    if (warning !== undefined) warnings.push({ ...at, detail: warning })
  }
  const { secrets } = bindSecrets(template, use)
  const [mistakes, remarks] = use.strict ? [refused, warnings] : [[], [...refused, ...warnings]]
  return { mistakes: mistakes.slice(0, limits.mistakesMax), warnings: remarks.slice(0, limits.mistakesMax), secrets }
}

function refuseSlot(slot: Slot, use: TemplateUse): string | undefined {
  const { name, path } = slot
  const shown = `\`${describeSlot({ name, path })}\``
  const variable = findVariable(name)
  if (variable !== undefined) {
    if (path.length === 0 || variable.hasParts) return undefined
    return `${shown} is never there: \`\${${name}}\` has no parts.`
  }
  if (name === 'ACCESS_TOKEN' || use.secretNames.has(name)) {
    if (path.length > 0) return `${shown} is never there: a secret has no parts.`
    if (slot.default !== undefined) return `${shown} takes no default: a secret that is missing fails the delivery.`
    if (name !== 'ACCESS_TOKEN' || use.hasAccessToken) return undefined
    return `This webhook has no access token, so ${shown} cannot be filled.`
  }
  const similar = findSimilar(name, [
    ...Object.keys(variables),
    ...use.secretNames,
    ...(use.hasAccessToken ? ['ACCESS_TOKEN'] : []),
  ])
  const advice = similar === undefined ? '' : ` Did you mean \`${describeSlot({ name: similar, path })}\`?`
  return `${shown} is neither a variable nor a secret granted to the webhook.${advice}`
}

function warnOfSlot(slot: Slot, use: TemplateUse): string | undefined {
  if (isSecretSlot(slot, use)) return undefined
  const shown = `\`\${${slot.name}}\``
  if (use.secretNames.has(slot.name)) return `${shown} is the variable, not the secret of that name.`
  if (findVariable(slot.name)!.eventTypes.includes(use.eventType)) return undefined
  return `${shown} is blank for “${eventTypes[use.eventType].title}”.`
}

function findVariable(name: string): Variable | undefined {
  return Object.hasOwn(variables, name) ? variables[name as VariableName] : undefined
}
