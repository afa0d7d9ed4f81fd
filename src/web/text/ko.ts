import { eventTypes, type EventType } from '../../contract/event-types.ts'
import { abouts } from './ko/abouts.ts'
import { automations, chosen } from './ko/automations.ts'
import { changes, meanwhile } from './ko/changes.ts'
import { delivery, history, redeliveries, states } from './ko/deliveries.ts'
import { events, eventTitles } from './ko/events.ts'
import { number, times } from './ko/numbers.ts'
import { overview, pictures } from './ko/overview.ts'
import { people } from './ko/people.ts'
import { registry } from './ko/registry.ts'
import { secrets } from './ko/secrets.ts'
import { server } from './ko/server.ts'
import { setUp } from './ko/set-up.ts'
import { common, find, kinds, live, nav, problems, shortcuts, signIn } from './ko/shell.ts'
import { receiver, webhook } from './ko/webhook.ts'
import { webhooks } from './ko/webhooks.ts'
import { editing, editor, wizard } from './ko/wizard.ts'
import type { Words } from './words.ts'

/** 한국어: 해요체, and names are followed by their noun, so that a particle never hangs on a name. */
export const ko: Words = {
  locale: 'ko-KR',
  product: 'Signalbox',
  number,
  times,
  nav,
  kinds,
  find,
  shortcuts,
  live,
  common,
  problems,
  signIn,
  setUp,
  overview,
  pictures,
  automations,
  chosen,
  changes,
  meanwhile,
  wizard,
  history,
  redeliveries,
  delivery,
  states,
  events,
  registry,
  webhooks,
  receiver,
  webhook,
  secrets,
  people,
  server,
  editing,
  editor,
  eventTitle: (type) => (type in eventTypes ? eventTitles[type as EventType] : type),
  about: (english) => abouts[english] ?? english,
}
