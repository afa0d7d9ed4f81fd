import { expect, test } from 'vitest'
import { eventTypeNames, eventTypes } from '../../contract/event-types.ts'
import { variables, type VariableName } from '../../contract/variables.ts'
import { checkTemplate, type TemplateUse } from './check-template.ts'
import { parseTemplate } from './parse-template.ts'

const use: TemplateUse = {
  eventType: 'ADD_ARTIFACT_ALIAS',
  secretNames: new Set(['GITHUB_TOKEN', 'tag']),
  hasAccessToken: true,
  strict: true,
}

function check(
  text: string,
  expected: Partial<Record<'mistakes' | 'warnings' | 'secrets', string[]>>,
  as: Partial<TemplateUse> = {},
): void {
  const parsed = parseTemplate(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  const { mistakes, warnings, secrets } = checkTemplate(parsed.template, { ...use, ...as })
  expect({ mistakes: mistakes.map((one) => one.detail), warnings: warnings.map((one) => one.detail), secrets }).toEqual(
    {
      mistakes: [],
      warnings: [],
      secrets: [],
      ...expected,
    },
  )
}

test('an unknown name is a mistake that says what was probably meant', () =>
  check('"${event_autor}"', {
    mistakes: [
      '`${event_autor}` is neither a variable nor a secret granted to the webhook. Did you mean `${event_author}`?',
    ],
  }))

test('the path is kept in what was probably meant', () =>
  check('"${artifact_metdata.accuracy}"', {
    mistakes: [
      '`${artifact_metdata.accuracy}` is neither a variable nor a secret granted to the webhook. Did you mean `${artifact_metadata.accuracy}`?',
    ],
  }))

test.each(['__proto__', 'constructor', 'toString'])('%s is no variable', (name) =>
  check(`"\${${name}}"`, { mistakes: [`\`\${${name}}\` is neither a variable nor a secret granted to the webhook.`] }),
)

test('without strictness every mistake is a warning', () =>
  check(
    '"${event_autor}"',
    {
      warnings: [
        '`${event_autor}` is neither a variable nor a secret granted to the webhook. Did you mean `${event_author}`?',
      ],
    },
    { strict: false },
  ))

test('a variable of another event type is a warning: it is blank', () =>
  check('"${metric_name}"', { warnings: ['`${metric_name}` is blank for “An artifact alias is added”.'] }))

test('a path into a variable without parts is a mistake', () =>
  check('"${alias.x}"', { mistakes: ['`${alias.x}` is never there: `${alias}` has no parts.'] }))

test('secrets are listed in the order of first use', () =>
  check('"$ACCESS_TOKEN ${GITHUB_TOKEN} $GITHUB_TOKEN ${ACCESS_TOKEN}"', { secrets: ['ACCESS_TOKEN', 'GITHUB_TOKEN'] }))

test('the access token of a webhook without one is a mistake', () =>
  check(
    '"${ACCESS_TOKEN}"',
    {
      mistakes: ['This webhook has no access token, so `${ACCESS_TOKEN}` cannot be filled.'],
      secrets: ['ACCESS_TOKEN'],
    },
    { hasAccessToken: false },
  ))

test('a secret takes neither path nor default', () =>
  check('"${GITHUB_TOKEN.x} ${GITHUB_TOKEN:-x}"', {
    mistakes: [
      '`${GITHUB_TOKEN.x}` is never there: a secret has no parts.',
      '`${GITHUB_TOKEN}` takes no default: a secret that is missing fails the delivery.',
    ],
    secrets: ['GITHUB_TOKEN'],
  }))

test('a secret named like a variable is a warning', () =>
  check('"${tag}"', { warnings: ['`${tag}` is the variable, not the secret of that name.'] }))

test('mistakes have line and column', () => {
  const parsed = parseTemplate('{\n  "a": "${nothing_like_it}"}')
  expect(parsed.ok && checkTemplate(parsed.template, use).mistakes[0]).toMatchObject({ line: 2, column: 9 })
})

test('every variable has a value in some event, and passes there without a word', () => {
  for (const name of Object.keys(variables) as VariableName[]) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
    expect(variables[name].eventTypes.length).toBeGreaterThan(0)
    for (const eventType of variables[name].eventTypes)
      check(`"\${${name}}"`, {}, { eventType, secretNames: new Set() })
  }
})

test('every event type has fields that a filter can name', () => {
  for (const name of eventTypeNames)
    for (const field of Object.keys(eventTypes[name].fields)) expect(field).toMatch(/^[a-z][a-z0-9_]*$/)
})
