import type { Words } from '../words.ts'

const full = new Intl.NumberFormat('ko-KR')
const short = new Intl.NumberFormat('ko-KR', { notation: 'compact', maximumFractionDigits: 1 })

export const number: Words['number'] = (count) => (count > 99_999 ? short : full).format(count)

export const times: Words['times'] = {
  milliseconds: (amount) => `${amount} ms`,
  seconds: (amount) => `${amount}초`,
  minutes: (amount) => `${amount}분`,
  hours: (amount) => `${amount}시간`,
  ago: (span) => `${span} 전`,
  ahead: (span) => `${span} 후`,
  dateAndClock: (date, clock) => `${date} ${clock}`,
}
