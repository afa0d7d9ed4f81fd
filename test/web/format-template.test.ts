import { expect, test } from 'vitest'
import { formatTemplate } from '../../src/web/payload/format-template.ts'

test('a template is set into lines; its texts, numbers and variables stay to the letter', () => {
  expect(
    formatTemplate('{"a":"${alias}, \\"b\\": {","n":1.0,"m":${artifact_metadata.a},"l":[1,{"x":null}],"e":{},"f":[]}'),
  ).toBe(
    `{
  "a": "\${alias}, \\"b\\": {",
  "n": 1.0,
  "m": \${artifact_metadata.a},
  "l": [
    1,
    {
      "x": null
    }
  ],
  "e": {},
  "f": []
}`,
  )
})

test('what is in lines already stays so', () => {
  const once = formatTemplate('{"a": ["${artifact_metadata["a b"]}", ${artifact_metadata["a } b"]}], "b": true}')
  expect(formatTemplate(once)).toBe(once)
  expect(once).toContain('"${artifact_metadata["a b"]}"')
})

test.each(['{"a": "never closed}', '{"a": 1 2}', '{"a": ${x:-{"b": 1}}}', '{"a": [1}', '{"a": ${alias', '$ {'])(
  'what is not read for certain stays as it is: %s',
  (template) => {
    expect(formatTemplate(template)).toBe(template)
  },
)
