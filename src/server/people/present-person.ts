import type { Person } from '../../contract/who.ts'
import { spellId } from '../base/ids.ts'
import type { PersonRow } from './person-store.ts'

export function presentPerson(row: PersonRow): Person {
  return {
    id: spellId('person', row.id),
    name: row.name,
    kind: row.kind,
    role: row.role,
    created_at: row.created_at.toISOString(),
  }
}
