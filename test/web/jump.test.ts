import { expect, test } from 'vitest'
import { readJump } from '../../src/web/find/jump.ts'

const here = 'https://signalbox.example'

test.each([
  ['dlv_01m87334qaextv7vyezch0e0jf', '/deliveries/dlv_01m87334qaextv7vyezch0e0jf'],
  [' aut_7\n', '/automations/aut_7'],
  ['evt_01m87334q9emzayyfqeex8m2w3', '/events/evt_01m87334q9emzayyfqeex8m2w3'],
  ['whk_3', '/teams/vision/webhooks/whk_3'],
  ['prj_2', '/registries/prj_2'],
  [`${here}/history?state=failed#top`, '/history?state=failed#top'],
])('%j pasted leads to %s', (pasted, path) => {
  expect(readJump(pasted, here, 'vision')).toBe(path)
})

test.each([
  'deploy',
  'dlv_',
  'xyz_1',
  'toString_1',
  'dlv_../../x',
  'https://elsewhere.example/deliveries/dlv_1',
  'javascript:alert(1)',
  '//elsewhere.example',
])('%j pasted leads nowhere', (pasted) => {
  expect(readJump(pasted, here, 'vision')).toBeUndefined()
})
