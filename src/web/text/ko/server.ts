import { eventTypeNames, eventTypes } from '../../../contract/event-types.ts'
import { makeTranslator, type Sentences } from '../sentences.ts'
import { eventTitles } from './events.ts'
import { withParticle } from './particle.ts'
import { access, acts, people } from './server/access.ts'
import { automations, presets } from './server/automations.ts'
import { filters, patternFaults } from './server/filters.ts'
import { spellMismatch } from './server/mismatches.ts'
import { problemAbouts } from './server/problem-abouts.ts'
import { problems } from './server/problems.ts'
import { redeliveries } from './server/redeliveries.ts'
import { registry, values } from './server/registry.ts'
import { requests, shapes } from './server/requests.ts'
import { advice, deliveries, outcomes } from './server/sending.ts'
import { templates } from './server/templates.ts'
import { addresses, webhooks } from './server/webhooks.ts'

const titles: Sentences = Object.fromEntries(eventTypeNames.map((type) => [eventTypes[type].title, eventTitles[type]]))

/** What the server says in English, in Korean. */
export const server = makeTranslator({
  sentences: {
    ...problems,
    ...problemAbouts,
    ...requests,
    ...shapes,
    ...access,
    ...acts,
    ...people,
    ...registry,
    ...values,
    ...webhooks,
    ...addresses,
    ...outcomes,
    ...deliveries,
    ...advice,
    ...redeliveries,
    ...templates,
    ...filters,
    ...patternFaults,
    ...automations,
    ...presets,
    ...titles,
    ...eventTitles,
  },
  grammars: [spellMismatch],
  withParticle,
})
