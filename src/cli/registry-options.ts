import type { Option } from 'commander'
import type { RegistryChange } from '../contract/registry.ts'
import { UsageError } from './failures.ts'
import { makeChoice } from './make-choice.ts'

export interface RegistryOptions {
  readonly visibility?: 'organization' | 'restricted'
  readonly accept?: readonly string[]
  readonly acceptAll?: true
  readonly protect?: readonly string[]
  readonly protectNone?: true
  readonly automationsBy?: boolean
}

/** What the options say, and nothing else. */
export function registryChange(options: RegistryOptions): RegistryChange {
  const { visibility, accept, acceptAll, protect, protectNone, automationsBy } = options
  if (accept !== undefined && acceptAll === true)
    throw new UsageError('types are some or all', '--accept or --accept-all')
  if (protect !== undefined && protectNone === true)
    throw new UsageError('aliases are some or none', '--protect or --protect-none')
  return {
    ...(visibility === undefined ? {} : { visibility }),
    ...(accept === undefined ? {} : { accepted_types: [...accept] }),
    ...(acceptAll === true ? { accepted_types: null } : {}),
    ...(protect === undefined ? {} : { protected_aliases: [...protect] }),
    ...(protectNone === true ? { protected_aliases: [] } : {}),
    ...(automationsBy === undefined ? {} : { automations_by_members: automationsBy }),
  }
}

export function makeVisibilityOption(): Option {
  const about = 'seen by the organization, or by whom it grants a role'
  return makeChoice('--visibility <visibility>', about, ['organization', 'restricted'], readVisibility)
}

export function makeAutomationsByOption(): Option {
  return makeChoice('--automations-by <who>', 'who makes automations', ['members', 'admins'], readWho)
}

function readVisibility(text: string): 'organization' | 'restricted' {
  if (text === 'organization' || text === 'restricted') return text
  throw new UsageError(`“${text}” is no visibility`, '--visibility organization|restricted')
}

/** True for members. */
function readWho(text: string): boolean {
  if (text === 'members' || text === 'admins') return text === 'members'
  throw new UsageError(`“${text}” makes no automations`, '--automations-by members|admins')
}
