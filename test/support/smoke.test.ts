import { expect, test } from 'vitest'
import { useDatabase } from './database.ts'
const database = useDatabase()
test('smoke', async () => {
  const rows = await database.db.query<{ n: number }>('select count(*) as n from pg_inherits')
  expect(rows[0]!.n).toBeGreaterThan(18)
})
