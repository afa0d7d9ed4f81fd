import { expect, test } from 'vitest'
import { NewAutomation } from '../src/contract/automation.ts'
import { eventTypes } from '../src/contract/event-types.ts'
import { presetsFor } from '../src/contract/presets.ts'
import { problems } from '../src/contract/problem.ts'
import { NewProject } from '../src/contract/project.ts'
import { NewSecret } from '../src/contract/secret.ts'
import { NewWebhook } from '../src/contract/webhook.ts'
import { compileValidator } from '../src/server/http/validate.ts'
import { makeUrlCheck } from '../src/server/outbound/check-url.ts'
import { classifyError } from '../src/server/outbound/classify-error.ts'
import { evaluateFilter } from '../src/server/rules/evaluate-filter.ts'
import { parseFilter } from '../src/server/rules/parse-filter.ts'
import { checkTemplate } from '../src/server/templates/check-template.ts'
import { parseTemplate } from '../src/server/templates/parse-template.ts'
import { explainFailure } from '../src/server/outbound/explain-failure.ts'
import { en } from '../src/web/text/en.ts'
import { ko } from '../src/web/text/ko.ts'
import { withParticle } from '../src/web/text/ko/particle.ts'
import { mark, saidSentences } from './support/said-sentences.ts'
import { inFile, shownAsIs } from './support/shown-as-is.ts'
import { latin, strangeWords } from './support/strange-words.ts'

/** Files whose sentences no page shows, and who reads them. */
const readElsewhere: Readonly<Record<string, string>> = {
  'src/sdk/verify-webhook.ts': 'receivers',
  'src/sdk/follow-stream.ts': 'programs',
  'src/server/config.ts': 'the operator, at the start',
  'src/server/main.ts': 'the operator, of readiness',
  'src/server/database/': 'the operator, at the start',
  'src/server/secrets/keyring.ts': 'nobody',
  'src/server/secrets/prove-keys.ts': 'the operator, at the start',
  'src/server/secrets/derive-set-up-code.ts': 'nobody',
  'src/server/http/describe-api.ts': 'readers of the API',
  'src/server/http/receiver-door.ts': 'who sends to the built-in receiver',
  'src/server/http/metrics-route.ts': 'the operator, of metrics',
  'src/server/http/redelivery-routes.ts': 'readers of the API',
  'src/server/http/health-routes.ts': 'the operator, of readiness',
  'src/server/deliveries/met-outcome.ts': 'nobody: names of codes',
  'src/server/deliveries/open-reason.ts': 'nobody: patterns of reasons',
  'src/server/webhooks/write-script.ts': 'a shell',
  'src/server/work/dispatcher.ts': 'the log',
}

/** Texts that no page shows as words. */
const notWords = new Set([
  // Of presets only the title is shown; the rest stands in the documents.
  'A token that may write the contents of the repository.',
  'The workflow lists the event type below `on: repository_dispatch: types`, and reads `github.event.client_payload`.',
  'Slack answers with the plain text `ok`.',
  'Made with the template “Post to a channel when a webhook request is received”.',
  'Discord answers 204, and 429 with Retry-After when it is too much.',
  'Metadata, lists and numbers arrive as JSON, other values as text.',
  // Values of variables, for examples and tests.
  'Deploy to production',
  'Trained on the autumn data.',
  'average of val/loss over 5 values is below 0.3',
  '(not saved)',
  'Test of ${settings.name}',
  // Names of keys, headers, and states of a grammar.
  'signed in',
  'first key',
  'set up',
  'from anywhere',
  'HTTP/1.1 ${problems[problem.type].status} Bad Request',
  'connection: close',
  "img-src 'self' data:",
  'null undefined',
  'value or ]',
  'key or }',
])

/** Parts of sentences that are put together: `wholes`, and what the pure functions say, have all of them. */
const parts = new Set([
  'nothing answers',
  'There is one mistake',
  'There are ${mistakes.length} mistakes',
  '${count} in the automation.',
  '${count} in the test.',
  'Too many tries to sign in',
  'Too many tries to set up',
  'Too many searches',
  'Too many simulations',
  'Too many tests of webhooks',
  'Nothing was rendered for it${because}: redeliver it anew instead.',
  'a secret that is',
  'secrets that are',
  'The alias',
  'The protected alias',
  'the name was not resolved',
  'the TLS handshake did not end',
  'no answer came',
  'the answer began with ${status} and did not end',
  '${kilobytes(bytes)} is over the limit of ${kilobytes(limits.templateBytesMax)}.',
  // Of the guard.
  '${target.host} is a name inside; ${adviceFor(target)}',
  '${target.host} has the address ${address}, which',
  'nothing is sent there unless the operator allows it with ${allowListSetting}=${isIP(host) === 6 ? `[${host}]` : host}:${port}',
  // Of failures, before their code.
  'no code',
  'the receiver’s certificate was issued by an authority that is not trusted',
  'the receiver’s certificate is signed by itself, and not trusted',
  'the receiver’s certificate has expired',
  'the receiver’s certificate is not valid yet',
  'the receiver’s certificate names another host',
  // Of why a filter did not match.
  '${text} is missing',
  '${text} is longer than ${limits.patternSubjectCharsMax} characters, which no pattern is tried on',
  'it denies everything',
  'greater than ${describeValue(test.value)}',
  'at least ${describeValue(test.value)}',
  'less than ${describeValue(test.value)}',
  'at most ${describeValue(test.value)}',
  'one of ${describeValue(test.values)}',
  'none of ${describeValue(test.values)}',
  'all of ${describeValue(test.values)}',
  'text containing ${describeValue(test.text)}',
  'a list of ${test.size}',
])

const wholes = [
  'nothing answers at http://localhost:8080',
  'no answer came within 60 s at http://localhost:8080',
  'There is one mistake in the automation.',
  'There are 3 mistakes in the automation.',
  'There is one mistake in the test.',
  'There are 3 mistakes in the test.',
  'Too many tries to sign in; wait 30 s.',
  'Too many tries to set up; wait 30 s.',
  'Too many simulations; wait 30 s.',
  'Too many tests of webhooks; wait 30 s.',
  'Nothing was rendered for it: redeliver it anew instead.',
  'Nothing was rendered for it, because the webhook is disabled: the receiver answered 410 Gone: redeliver it anew instead.',
  'It uses a secret that is gone: TOKEN.',
  'It uses secrets that are gone: TOKEN, KEY.',
  'the name was not resolved within 10 s',
  'the connection was not answered within 10 s',
  'the TLS handshake did not end within 10 s',
  'no answer came within 10 s',
  'the answer began with 200 and did not end within 10 s',
  'No answer came within 10 s.',
  'Creating a webhook takes the role admin in team 7; yours is member.',
  'Linking a version takes the role member in registry 7; yours is restricted viewer.',
  'Cancelling a delivery takes the role member in its team; yours is none.',
  'Adding an alias takes the role admin in registry 7, because “prod”, “live” are protected there; yours is member.',
  'Reading keys of 7 takes the role admin in every team and organization it belongs to.',
  'There is no team or person “x” that you may see.',
  'the receiver answered 503, and all 8 attempts are used up',
  'the connection was refused, and all 8 attempts are used up',
  'It is held because the automation is paused. Resume that, and it is sent.',
  'it watches “An artifact alias is added”',
  'Its webhook is disabled: the receiver answered 410 Gone. Enable it first.',
  '“A webhook is disabled” does not happen at the level of a collection: it takes project or entity.',
  'The webhook “x” (wh_7) uses it as access token and signing secret.',
  'the name 7.example has no address',
  'Nothing was sent: secrets the request needs are gone, or no longer granted to the webhook: TOKEN.',
]

const sources = ['src/contract', 'src/server', 'src/sdk'].flatMap(saidSentences)

test('whatever a source says to a reader of the page has a Korean sentence', () => {
  const missing = sources
    .filter(({ path, source }) => !isElsewhere(path) && !notWords.has(source) && !parts.has(source))
    .flatMap(({ path, samples }) => samples.map((english) => ({ path, english: english.trim() })))
    .filter(({ english }) => !isKorean(say(english)))
  expect(missing).toEqual([])
})

test('the scan reads the sources: what is set apart from it is there', () => {
  expect(sources.length).toBeGreaterThan(500)
  const said = new Set(sources.map(({ source }) => source))
  expect([...notWords, ...parts].filter((text) => !said.has(text))).toEqual([])
  expect(Object.keys(readElsewhere).filter((path) => !sources.some((one) => one.path.startsWith(path)))).toEqual([])
})

test('no page shows what the server says as it came', () => {
  expect(shownAsIs()).toEqual([])
  const careless =
    'const a = <p>{reason !== null && ` · ${problem.detail}`}{text.server(reason)}<Field error={mistake?.detail} /></p>'
  expect(inFile('a.tsx', careless)).toEqual([
    'a.tsx: {reason !== null && ` · ${problem.detail}`}',
    'a.tsx: {mistake?.detail}',
  ])
})

test('every title and meaning of a problem, every title of an event type and of a preset is said in Korean', () => {
  const titles = [
    ...Object.values(problems).flatMap(({ title, about }) => [title, about]),
    ...Object.values(eventTypes).map(({ title }) => title),
    ...presetsFor('ADD_ARTIFACT_ALIAS').map(({ title }) => title),
  ]
  expect(inEnglish(titles)).toEqual([])
})

test('sentences put together of parts are said in Korean as a whole', () => expect(inEnglish(wholes)).toEqual([]))

test.each([
  [NewWebhook, {}],
  [
    NewWebhook,
    { name: '-', url: 7, headers: {}, timeout_ms: 0.5, concurrency_max: 1e9, rate_per_second: -1, extra: 1 },
  ],
  [NewWebhook, { name: 'x', url: '', signature_encoding: 'x', granted_secrets: ['A', 'A'], in_order: 'yes', urll: 1 }],
  [NewWebhook, { name: 'x'.repeat(999), retry: { attempts_max: 0, delay_ms_min: 9000, delay_ms_max: 1 }, tls: null }],
  [NewAutomation, {}],
  [NewAutomation, { name: ' ', event_type: 'X', filter: [], action: { type: 'mail' }, fires_per_minute_max: -1 }],
  [NewAutomation, { name: 'x\0', event_type: 7, filter: {}, action: { type: 'webhook' }, enabled: 'yes' }],
  [NewSecret, { name: '7', value: '' }],
  [NewSecret, { name: 'ACCESS_TOKEN', value: 7 }],
  [NewSecret, { name: 'alias', value: 'x'.repeat(1e6) }],
  [NewProject, { name: '.', team: 7 }],
  [NewProject, null],
] as const)('what is wrong with the shape of a request is said in Korean (%#)', (schema, given) => {
  const checked = compileValidator({ schema })(given)
  const refusal = 'error' in checked ? (checked.error as { detail?: string; errors?: { detail: string }[] }) : {}
  const details = [refusal.detail ?? '', ...(refusal.errors ?? []).map(({ detail }) => detail)]
  expect(details.length).toBeGreaterThan(1)
  expect(inEnglish(details)).toEqual([])
})

test('what a request met is said in Korean, with the advice', () => {
  const codes =
    'ECONNREFUSED EHOSTUNREACH ENETUNREACH ETIMEDOUT UND_ERR_CONNECT_TIMEOUT ECONNRESET EPIPE UND_ERR_SOCKET ' +
    'UND_ERR_HEADERS_OVERFLOW HPE_HEADER_OVERFLOW UND_ERR_RES_CONTENT_LENGTH_MISMATCH EPROTO UND_ERR_INVALID_ARG ' +
    'SELF_SIGNED_CERT_IN_CHAIN DEPTH_ZERO_SELF_SIGNED_CERT CERT_HAS_EXPIRED CERT_NOT_YET_VALID ' +
    'ERR_TLS_CERT_ALTNAME_INVALID ERR_SSL_WRONG HPE_INVALID EOTHER'
  const outcomes = [
    ...codes.split(' ').map((code) => classifyError(Object.assign(new Error('x'), { code }))),
    classifyError(new Error('x')),
  ]
  const statuses = [302, 400, 401, 403, 404, 405, 408, 410, 413, 415, 418, 422, 429, 503]
  const said = [
    ...outcomes.flatMap((outcome) => ('detail' in outcome ? [outcome.detail] : [])),
    ...[
      ...outcomes,
      ...statuses.map((status) => ({ kind: 'rejected', status, retryAfterMs: undefined }) as const),
    ].flatMap((outcome) => Object.values(explainFailure(outcome) ?? {})),
  ]
  expect(inEnglish(said)).toEqual([])
})

test('what the guard says of an address is said in Korean', async () => {
  const known = (address: string) => makeUrlCheck([], (_host, found) => found(null, [{ address, family: 4 }]))
  const unknown = makeUrlCheck([], (_host, found) => found(null, []))
  const outside = known('93.184.215.14')
  const verdicts = await Promise.all([
    ...['x', 'ftp://a.example', 'https://u:p@a.example/#x', 'http://localhost', 'http://[::1]:1', 'http://0.0.0.1'].map(
      outside,
    ),
    ...[
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.1.1',
      '192.0.0.1',
      '192.0.2.1',
      '192.88.99.1',
      '198.18.0.1',
    ].map((address) => outside(`http://${address}`)),
    ...['224.0.0.1', '240.0.0.1', '168.63.129.16', '[2001:db8::1]', '[64:ff9b::808:808]', '[fe80::1]'].map((address) =>
      outside(`http://${address}`),
    ),
    known('10.0.0.1')('https://a.example'),
    unknown('https://a.example'),
  ])
  const said = verdicts.flatMap(({ mistakes, warnings }) => [...mistakes, ...warnings])
  expect(said.length).toBeGreaterThan(22)
  expect(inEnglish(said)).toEqual([])
  expect(ko.server(said.find((one) => one.includes('which is'))!)).toBe(
    'a.example의 주소 10.0.0.1은 사설 주소예요. 운영자가 SIGNALBOX_ALLOWED_TARGETS=a.example:443 설정으로 허용해야 보낼 수 있어요.',
  )
})

test('what is wrong with a filter is said in Korean', () => {
  const filters: readonly unknown[] = [
    7,
    { nam: 1 },
    { 'name.x': 1, 'data.': 1 },
    { $and: 1 },
    { $or: [] },
    { $gt: 1 },
    { $xor: [] },
    { name: { $equal: 'a', $rgex: 'a', $or: ['a'], $options: 'i', x: 1, $gt: null, $in: 'a', $exists: 1 } },
    { name: { $contains: '', $size: -1, $not: 'a', $regex: 7 } },
    { name: { $ne: '\ud800' } },
    { 'data.x': Infinity },
    ...['(?=x)', '(a)\\1', '[a', 'a)', '(', '*', 'a{1001}', 'a**', '\\8', '\\pX', '(?P<n', '[b-a]', 'a\\', '(?z)'].map(
      (pattern) => ({ name: { $regex: pattern } }),
    ),
    { name: { $regex: 'a'.repeat(513) } },
    { name: { $regex: '(?:.{0,30}x){0,30}(?:.{0,30}y){0,30}' } },
  ]
  const said = filters.flatMap((filter) => {
    const parsed = parseFilter(filter, eventTypes.CUSTOM.fields)
    expect(parsed.ok, JSON.stringify(filter)).toBe(false)
    return parsed.ok ? [] : parsed.mistakes.map(({ detail }) => detail)
  })
  expect(inEnglish(said)).toEqual([])
})

test.each([
  [{ name: 'prod' }, 'name 값은 "a or b", 기대한 값은 "prod"'],
  [{ name: { $regex: '^prod or /x' } }, 'name 값은 "a or b", 기대한 값은 /^prod or /x/'],
  [{ name: { $ne: 'a or b' } }, 'name 값은 "a or b", 기대한 값은 "a or b" 아님'],
  [{ name: { $in: ['x', 'y; z'] } }, 'name 값은 "a or b", 기대한 값은 ["x", "y; z"] 중 하나'],
  [{ name: { $nin: ['a or b'] } }, 'name 값은 "a or b", 기대한 값은 ["a or b"] 이외의 값'],
  [{ name: { $contains: 'x' } }, 'name 값은 "a or b", 기대한 값은 "x" 포함'],
  [{ name: { $exists: false } }, 'name 값은 "a or b", 기대한 값은 없음'],
  [{ name: { $not: { $regex: 'a', $contains: 'b' } } }, 'name 값은 "a or b", 기대한 값은 /a/, "b" 포함 아님'],
  [{ 'data.n': { $gt: 9 } }, 'data.n 값은 7, 기대한 값은 9 초과'],
  [{ 'data.n': { $gte: 9 } }, 'data.n 값은 7, 기대한 값은 9 이상'],
  [{ 'data.n': { $lt: 1 } }, 'data.n 값은 7, 기대한 값은 1 미만'],
  [{ 'data.n': { $lte: 1 } }, 'data.n 값은 7, 기대한 값은 1 이하'],
  [{ 'data.list': { $size: 3 } }, 'data.list 값은 ["x", "y"], 기대한 값은 항목이 3개인 목록'],
  [{ 'data.list': { $all: ['x', 'z'] } }, 'data.list 값은 ["x", "y"], 기대한 값은 ["x", "z"] 모두'],
  [{ 'data.none': 1 }, 'data.none 값이 없음'],
  [{ 'data.none': { $exists: true } }, 'data.none 값이 없음'],
  [{ 'data.object': 1 }, 'data.object 값은 {…}, 기대한 값은 1'],
  [{ 'data.long': { $regex: 'x' } }, 'data.long 값이 4096자보다 길어 정규식과 비교하지 않음, 기대한 값은 /x/'],
  [{ $or: [{ name: 'x' }, { name: 'y' }] }, 'name 값은 "a or b", 기대한 값은 "x" 또는 "y"'],
  [{ $or: [{ name: 'x' }, { 'data.n': 1 }] }, 'data.n 값은 7, 기대한 값은 1; name 값은 "a or b", 기대한 값은 "x"'],
  [{ $nor: [{ name: { $exists: true }, 'data.n': 7 }] }, '제외 조건에 해당: name 값이 있음, data.n 값이 7'],
  [{ $not: {} }, '제외 조건에 해당: 모두 제외'],
  [{ $nor: [{ $or: [{ name: 'a or b' }], 'data.n': 7 }] }, '제외 조건에 해당: $or 조건이 맞음, data.n 값이 7'],
] as const)('why an event did not match is said in Korean: %j', (filter, korean) => {
  const parsed = parseFilter(filter, eventTypes.CUSTOM.fields)
  const facts: Readonly<Record<string, unknown>> = {
    name: 'a or b',
    data: { n: 7, list: ['x', 'y'], object: { a: 1 }, long: 'x'.repeat(1e5) },
  }
  const verdict = parsed.ok ? evaluateFilter(parsed.filter, (field) => facts[field]) : { matches: true as const }
  const said = verdict.matches ? '' : ko.server(verdict.reason)
  expect(said).toBe(korean)
})

test('mistakes and remarks in a template are said in Korean', () => {
  const broken =
    '{"a": "${alias"}|{"a": "${}"}|{"a": "${ alias }"}|{"a": "${m[x]}"}|{"a": "${${x}}"}|{"a": 1,}|{"a" 1}|{"a": 1 "b": 2}|' +
    '[1,]|[1}|[1|[|{"a": [|{|{} {}|{"a": "x|{"a": "x\ty"}|{"a": "\\x"}|{"a": "\\${x}"}|{a: 1}|{"a": 1, "a": 3}|' +
    '{"a": $TOKEN}|{"a": 12${alias}}|{${alias}: 1}|\ufeff{}|{"a": "\ud800"}'
  const texts = [
    ...broken.split('|'),
    `{"a": "\${m${'.a'.repeat(33)}}"}`,
    `["${'x'.repeat(70_000)}"]`,
    '['.repeat(101) + ']'.repeat(101),
  ]
  const refused = texts.flatMap((text) => {
    const parsed = parseTemplate(text)
    expect(parsed.ok, text.slice(0, 99)).toBe(false)
    return parsed.ok ? [] : parsed.mistakes.map(({ detail }) => detail)
  })
  const named =
    '"${event_autor} ${nothing_like_it} ${alias.x} ${TOKEN.x} ${TOKEN:-x} ${ACCESS_TOKEN} ${tag} ${metric_name}"'
  const parsed = parseTemplate(named)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  const { mistakes, warnings } = checkTemplate(parsed.template, {
    eventType: 'ADD_ARTIFACT_ALIAS',
    secretNames: new Set(['TOKEN', 'tag']),
    hasAccessToken: false,
    strict: true,
  })
  expect(mistakes.length + warnings.length).toBe(8)
  expect(inEnglish([...refused, ...[...mistakes, ...warnings].map(({ detail }) => detail)])).toEqual([])
})

test('values are carried over as they are, and sentences one by one', () => {
  expect(
    ko.server(
      '`${event_autor}` is neither a variable nor a secret granted to the webhook. Did you mean `${event_author}`?',
    ),
  ).toBe('`${event_autor}`는 변수도, webhook에 허용된 secret도 아니에요. `${event_author}` 이름을 뜻했나요?')
  expect(ko.server('Creating a webhook takes the role admin in team vision; yours is member.')).toBe(
    'webhook 추가에는 vision 팀의 관리자 역할이 필요해요. 지금 역할: 멤버.',
  )
  expect(ko.server('There is no secret “Its webhook was deleted.”.')).toBe(
    '“Its webhook was deleted.” secret이 없어요.',
  )
})

test('what nobody foresaw stays in English, and English says what the server says', () => {
  expect(ko.server('Something unheard of.')).toBe('Something unheard of.')
  expect(ko.server('Something unheard of. Did you mean `alias`?')).toBe(
    'Something unheard of. `alias` 이름을 뜻했나요?',
  )
  expect(en.server('There is one mistake in the request.')).toBe('There is one mistake in the request.')
})

test.each([
  ['webhook', '을/를', 'webhook을'],
  ['secret', '은/는', 'secret은'],
  ['event', '이/가', 'event가'],
  ['registry', '을/를', 'registry를'],
  ['자동화', '이/가', '자동화가'],
  ['팀', '은/는', '팀은'],
  ['`${alias}`', '은/는', '`${alias}`는'],
  ['“model”', '으로/로', '“model”로'],
  ['503', '으로/로', '503으로'],
  ['200', '으로/로', '200으로'],
  ['401', '으로/로', '401로'],
  ['10.0.0.2', '은/는', '10.0.0.2는'],
])('the particle fits what it follows: %s', (value, particles, whole) => {
  expect(withParticle(value, particles)).toBe(whole)
})

function isElsewhere(path: string): boolean {
  return Object.keys(readElsewhere).some((place) => path.startsWith(place))
}

/** Meanings of fields and variables have their own way into the page. */
function say(english: string): string {
  const about = ko.about(english)
  return about === english ? ko.server(english) : about
}

/** But for values, and for what is quoted as it is. */
function isKorean(said: string): boolean {
  return /[가-힣]/.test(said) && strangeWords(withoutValues(said)).length === 0
}

/** Those that come out with two English words beside each other, or without any Korean. */
function inEnglish(sentences: readonly string[]): string[] {
  return sentences.map(ko.server).filter((said) => {
    const runs = withoutValues(said).match(/[A-Za-z]+(?: [A-Za-z]+)+/g) ?? []
    return !/[가-힣]/.test(said) || runs.some((run) => run.split(' ').some((word) => !latin.has(word)))
  })
}

function withoutValues(said: string): string {
  return said.replaceAll(/`[^`]*`|“[^”]*”|"(?:[^"\\]|\\.)*"|https?:\S+|wandb-registry-|%2F/g, '').replaceAll(mark, '')
}
