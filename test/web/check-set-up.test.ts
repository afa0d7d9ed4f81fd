import { expect, test } from 'vitest'
import { checkSetUp } from '../../src/web/sign-in/check-set-up.ts'

const right = { code: 'ABCD-EFGH', organization: 'acme', team: 'vision', admin: 'ada', password: 'a long enough one' }

test.each([
  ['nothing', {}, {}],
  ['what is not filled in', { code: '', admin: '' }, { code: 'empty', admin: 'empty' }],
  ['strange letters, once', { organization: `Acme Robotics${'s'.repeat(64)}` }, { organization: 'long' }],
  ['a blank', { organization: 'Acme Robotics' }, { organization: 'letters' }],
  ['what looks like an id', { team: 'team_7' }, { team: 'id' }],
  ['a name twice, whatever its letters', { team: 'ACME' }, { team: 'same' }],
  ['a password that is short, beside others', { team: '-', password: 'short' }, { team: 'letters', password: 'short' }],
])('the set-up is told %s before the server is asked', (_, changes, mistakes) => {
  expect(checkSetUp({ ...right, ...changes })).toEqual(mistakes)
})
