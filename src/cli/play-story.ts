import type { SignalboxClient } from '../sdk/connect.ts'
import { exampleEvent } from './make-example.ts'
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

/** Records an event and waits until its request is verified and its delivery on record. Answers the milliseconds from sending the event to the verified request. */
export async function playStory(
  client: SignalboxClient,
  example: Example,
  mailbox: Mailbox,
  story: Story,
): Promise<number> {
  const sentAt = performance.now()
  const event = await client.events.record(example.project, exampleEvent)
  story.step('event', `${event.id}: ${exampleEvent.name} of ${exampleEvent.subject} was accepted`)

  const { body, at } = await within('for the request to arrive', mailbox.find(event.id))
  mailbox.close()
  const deliveredMs = Math.max(1, Math.round(at - sentAt))
  story.step('request', 'arrived: signature verified, access token right')
  story.detail(body.replaceAll(/\s*\n\s*/g, ' '))

  const delivery = await within('for the delivery to be on record', findSucceeded(client, event.id))
  story.step('delivery', `${delivery.id} ${delivery.state}, attempt ${delivery.attempts}`)
  return deliveredMs
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
