import type { Automation } from '../../contract/automation.ts'
import { fullNamePath } from '../registry/paths.ts'

/** Where what an automation waits for is done. */
export function scopePath(
  { scope: { type, id, name } }: Pick<Automation, 'scope'>,
  organizations: readonly { readonly name: string }[],
): string {
  if (type === 'collection') return fullNamePath(name, organizations)
  return type === 'project' ? `/registries/${id}` : '/projects'
}
