import type { RegistryChange } from '../contract/registry.ts'
import { UsageError } from './failures.ts'

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

export function readVisibility(text: string): 'organization' | 'restricted' {
  if (text === 'organization' || text === 'restricted') return text
  throw new UsageError(`“${text}” is no visibility`, '--visibility organization|restricted')
}

/** True for members. */
export function readWho(text: string): boolean {
  if (text === 'members' || text === 'admins') return text === 'members'
  throw new UsageError(`“${text}” makes no automations`, '--automations-by members|admins')
}

const roles = ['admin', 'member', 'viewer', 'restricted_viewer'] as const

export function readRegistryRole(text: string): (typeof roles)[number] {
  const role = roles.find((known) => known === text)
  if (role === undefined) throw new UsageError(`“${text}” is no role in a registry`, roles.join(', '))
  return role
}
