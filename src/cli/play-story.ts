import type { SignalboxClient } from '../sdk/connect.ts'
import { exampleAlias, exampleCollection } from './make-example.ts'
import type { Arrival } from './receiver.ts'
import type { Story } from './tell-story.ts'
import type { Example } from './try-example.ts'

const storyMsMax = 30_000
const lookMs = 10

/** What the receiver of `try` thinks of a request; a pure question of what it knows. */
export function judgeArrival(
  { verification, headers }: Pick<Arrival, 'verification' | 'headers'>,
  accessToken: string | undefined,
): 'right' | 'not verified' | 'without its access token' {
  if (!verification.verified) return 'not verified'
  return headers.authorization === `Bearer ${accessToken}` ? 'right' : 'without its access token'
}

interface Received {
  readonly body: string
  /** On the clock of performance.now(). */
  readonly at: number
}

/** What the receiver of `try` got. */
export interface Mailbox {
  /** Takes what arrived; answers the HTTP status. */
  take(arrival: Arrival, accessToken: string | undefined): number
  /** The first right request of this event: it may be there before the event's sender knows that it was accepted. */
  find(eventId: string): Promise<Received>
  /** Nobody looks for what arrives from now on. */
  close(): void
}

export function makeMailbox(): Mailbox {
  const received: Received[] = []
  let isOpen = true
  let tell: () => void = () => {}
  return {
    take(arrival, accessToken) {
      const judgement = judgeArrival(arrival, accessToken)
      if (judgement !== 'right') return 401
      if (isOpen) received.push({ body: arrival.body.toString(), at: performance.now() })
      tell()
      return 200
    },
    async find(eventId) {
      for (;;) {
        const found = received.find(({ body }) => body.includes(eventId))
        if (found !== undefined) return found
        await new Promise<void>((resolve) => (tell = resolve))
      }
    },
    close() {
      isOpen = false
      received.length = 0
    },
  }
}

/**
 * A version is made, linked to the registry and promoted there; waits until the request of that is verified and its
 * delivery on record. Answers the milliseconds from asking for the alias to the verified request.
 */
export async function playStory(
  client: SignalboxClient,
  example: Example,
  mailbox: Mailbox,
  story: Story,
): Promise<number> {
  const { organization, team, project, registry } = example
  const collection = `${organization}/${registry}/${exampleCollection.name}`
  const made = await client.versions.create(`${team}/${project}/${exampleCollection.name}`, {
    metadata: { accuracy: 0.9412 },
    source_run: 'sunny-sky-12',
  })
  story.step('version', `${made.full_name} (${made.id}) was made`)
  const linked = await client.collections.link(collection, { version: made.id })
  story.step('link', `${linked.full_name} in the registry`)

  const sentAt = performance.now()
  await client.collections.addAliases(collection, { version: made.id, aliases: [exampleAlias] })
  const event = await findEvent(client, `${organization}/${registry}`, made.id)
  story.step('alias', `${exampleAlias} was added: event ${event}`)

  const { body, at } = await within('for the request to arrive', mailbox.find(event))
  mailbox.close()
  const deliveredMs = Math.max(1, Math.round(at - sentAt))
  story.step('request', 'arrived: signature verified, access token right')
  story.detail(body.replaceAll(/\s*\n\s*/g, ' '))

  const delivery = await within('for the delivery to be on record', findSucceeded(client, event))
  story.step('delivery', `${delivery.id} ${delivery.state}, attempt ${delivery.attempts}`)
  return deliveredMs
}

async function findEvent(client: SignalboxClient, registry: string, version: string): Promise<string> {
  const { items } = await client.events.list(registry, { limit: 10 })
  const event = items.find(({ facts, places }) => facts['alias'] === exampleAlias && places[0]?.artifact === version)
  if (event === undefined) throw new Error(`no event says that ${version} was promoted`)
  return event.id
}

async function findSucceeded(client: SignalboxClient, event: string) {
  for (;;) {
    const [delivery] = (await client.deliveries.list({ event, limit: 1 })).items
    if (delivery?.state === 'succeeded') return delivery
    if (typeof delivery?.finished_at === 'string')
      throw new Error(`the delivery ended as ${delivery.state}: ${delivery.reason}`)
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

async function within<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${storyMsMax / 1000} s in vain ${what}`)), storyMsMax)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
