import { afterEach, expect, test, vi } from 'vitest'
import { drawPhases, totalMs } from './draw-phases.ts'
import { plain } from './plain.ts'
import { printTable, relativeTime } from './print.ts'

afterEach(() => vi.restoreAllMocks())

function printed(work: () => void): string {
  let text = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk)
    return true
  })
  work()
  vi.restoreAllMocks()
  return text
}

test('columns are aligned, a dash stands for nothing, and a cell is one line', () => {
  const rows = [
    { id: 'evt_1', subject: 'churn-model' as string | null },
    { id: 'evt_22', subject: null },
    { id: 'evt_3', subject: 'two\nlines' },
    { id: 'evt_4', subject: '' },
  ]
  const table = printed(() =>
    printTable(rows, [
      ['event', (row) => row.id],
      ['subject', (row) => row.subject],
    ]),
  )
  expect(table).toBe(
    ['EVENT   SUBJECT', 'evt_1   churn-model', 'evt_22  -', 'evt_3   two␊lines', 'evt_4   -', ''].join('\n'),
  )
})

test('what comes from outside cannot steer the terminal', () => {
  expect(plain('a\u001b[2Jb\u009b1m\u0007\u007f\u202ec\r')).toBe('a␛[2Jb\ufffd1m␇␡\ufffdc␍')
  expect(plain('grün, 模型, 🚀\n\tnext')).toBe('grün, 模型, 🚀\n\tnext')
})

test.each([
  [0, '0 s ago'],
  [-59, '59 s ago'],
  [-61, '1 m ago'],
  [90, 'in 2 m'],
  [-7200, '2 h ago'],
  [3 * 86_400, 'in 3 d'],
])('%d seconds from now reads “%s”', (seconds, text) => {
  const now = new Date('2026-11-24T14:00:00Z')
  expect(relativeTime(new Date(now.getTime() + seconds * 1000).toISOString(), now)).toBe(text)
})

test('the longest attempt fills the bar, and others take their share', () => {
  const long = { dns: 0, connect: 10, tls: 10, first_byte: 20, body: 0 }
  const short = { dns: 0, connect: 0, tls: 0, first_byte: 10, body: 0 }
  expect(totalMs(long)).toBe(40)
  expect(drawPhases(long, 40)).toBe(
    `[${'c'.repeat(8)}${'t'.repeat(8)}${'f'.repeat(16)}] connect 10.0 ms, tls 10.0 ms, first byte 20.0 ms`,
  )
  expect(drawPhases(short, 40)).toBe(`[${'f'.repeat(8)}${' '.repeat(24)}] first byte 10.0 ms`)
  expect(drawPhases({ ...short, first_byte: 0 }, 0)).toBe(`[${' '.repeat(32)}] `)
})
