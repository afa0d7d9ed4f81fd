import * as fc from 'fast-check'

/** Few values, so that filters and subjects often meet. */
const texts = fc.constantFrom('', 'prod', 'production', 'prod-eu', 'staging', 'p', 'b', 'Prod', 'prod\n', '.', '🚂')
const scalars = fc.oneof(texts, fc.constantFrom(0, -0, 1, 2.5, -1), fc.boolean(), fc.constant(null))

export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: scalars },
  { weight: 2, arbitrary: fc.array(scalars, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'a.b', '__proto__'), scalars, { maxKeys: 2 }) },
)

export const anyPattern = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '^prod$',
      '^prod',
      'prod',
      '^(prod|staging)$',
      '^(?:p|b)$',
      '^p|b',
      '^prod(-eu|uction)?$',
      '^()$',
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.constantFrom(
          '^',
          '$',
          'p',
          'r',
          'o',
          'b',
          '.',
          '*',
          '?',
          '+',
          '|',
          '(',
          ')',
          '\\.',
          '\\-',
          '[p]',
          '{2}',
          '🚂',
          '\\b',
          '\\Qp|\\E',
          '(?i)',
        ),
        { maxLength: 6 },
      )
      .map((pieces) => `^${pieces.join('')}`),
  },
)

const tests: fc.Arbitrary<unknown> = fc.letrec<{ tests: unknown }>((tie) => ({
  tests: fc.oneof(
    { maxDepth: 3 },
    anyValue,
    fc.dictionary(fc.constantFrom('$eq', '$ne'), anyValue, { minKeys: 1 }),
    fc.dictionary(
      fc.constantFrom('$gt', '$gte', '$lt', '$lte'),
      scalars.filter((value) => value !== null),
      { minKeys: 1 },
    ),
    fc.dictionary(fc.constantFrom('$in', '$nin', '$all'), fc.array(anyValue, { maxLength: 3 }), { minKeys: 1 }),
    fc.record({ $exists: fc.boolean() }),
    fc.record({ $regex: anyPattern }),
    fc.record({ $contains: texts.filter((text) => text !== '') }),
    fc.record({ $size: fc.nat(3) }),
    fc.record({ $in: fc.array(texts, { maxLength: 3 }), $regex: anyPattern }),
    fc.record({ $not: tie('tests') }),
  ),
})).tests

export const fieldNames = fc.constantFrom(
  'name',
  'subject',
  'data',
  'data.a',
  'data.a.b',
  'data.0',
  'data.__proto__',
  'data.constructor.name',
)

/** Mostly filters that parse, over the fields of custom events. */
export const anyFilter: fc.Arbitrary<unknown> = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc.dictionary(fieldNames, tests, { maxKeys: 3 }),
    fc.dictionary(fc.constantFrom('$and', '$nor'), fc.array(tie('filter'), { maxLength: 3 }), { minKeys: 1 }),
    fc.record({ $or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ $not: tie('filter') }),
    fc.tuple(fieldNames, tests, tie('filter')).map(([name, test, filter]) => ({ [name]: test, $and: [filter] })),
  ),
})).filter

export const anySubject = fc.record(
  {
    name: anyValue,
    subject: anyValue,
    data: fc.oneof(anyValue, fc.dictionary(fc.constantFrom('a', 'b', 'a.b', '__proto__'), anyValue)),
  },
  { requiredKeys: [] },
)
