import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventTypes } from '../../../contract/event-types.ts'
import { parseFilter } from '../parse-filter.ts'
import { printFilter } from './print-filter.ts'
import { anyFilter } from './any-filter.ts'

test('what was parsed is printed the same, to the order of its members', () => {
  let parsedCount = 0
  fc.assert(
    fc.property(anyFilter, (json) => {
      const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
      if (!parsed.ok) return
      parsedCount += 1
      const printed = printFilter(parsed.filter)
      expect(JSON.stringify(printed)).toBe(JSON.stringify(json))
      expect(parseFilter(printed, eventTypes.CUSTOM.fields)).toMatchObject({ ok: true, filter: { source: printed } })
    }),
    { numRuns: 500 },
  )
  expect(parsedCount).toBeGreaterThan(200)
})
