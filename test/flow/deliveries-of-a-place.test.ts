import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../support/client.ts'
import { answerStatus } from '../support/receiver.ts'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
let place: TestRegistry
let colleague: Client
const admin = () => signalbox.current.admin

/** Automations of the registry, of its collection and of the project, each of which answers a link or an event. */
let of: { readonly registry: string; readonly collection: string; readonly project: string }
let webhook: string

beforeAll(async () => {
  place = await makeRegistry(signalbox.current)
  webhook = (await signalbox.current.makeWebhook()).id
  const automate = async (path: string, name: string, event_type: string): Promise<string> => {
    const action = { type: 'webhook', webhook, template: '{}' }
    return (await admin().must('POST', `${path}/automations`, { name, event_type, action }))['id']
  }
  of = {
    registry: await automate(`/projects/${place.registry}`, 'of the registry', 'LINK_ARTIFACT'),
    collection: await automate(`/collections/${place.portfolio}`, 'of the collection', 'LINK_ARTIFACT'),
    project: await automate('/projects/demo', 'of the project', 'CUSTOM'),
  }
  const person = { name: 'colleague', password: 'correct horse battery' }
  await admin().must('POST', '/organizations/acme/people', person)
  colleague = signalbox.current.as((await admin().must<{ key: string }>('POST', '/sign-in', person)).key)
})

async function link(): Promise<void> {
  await place.link((await place.version())['id'])
}

async function listed(query: string, asker: Client = admin()): Promise<Record<string, any>[]> {
  return (await asker.must('GET', `/deliveries?${query}`))['items']
}

const automationsOf = (deliveries: readonly Record<string, any>[]) =>
  deliveries.map(({ automation }) => String(automation))

const sorted = (ids: readonly string[]) => ids.toSorted((one, other) => (one < other ? -1 : 1))

describe('deliveries of a place', () => {
  test('are those of its automations and of its collections’, and of no others', async () => {
    await link()
    const event = await signalbox.current.record({ name: 'elsewhere' })
    await signalbox.current.ended(event.id)
    expect(sorted(automationsOf(await listed(`project=${place.registry}`)))).toEqual(
      sorted([of.registry, of.collection]),
    )
    const name = (await admin().must('GET', `/projects/${place.registry}`))['name']
    expect(automationsOf(await listed(`project=acme%2F${name}`))).toHaveLength(2)
    expect(automationsOf(await listed('project=demo'))).toEqual([of.project])
  })

  test('come in pages, newest first, whether they have ended or wait', async () => {
    await link()
    await admin().must('POST', `/webhooks/${webhook}/pause`)
    await link()
    const all = await listed(`project=${place.registry}`)
    expect(all.slice(0, 2).map(({ state }) => state)).toEqual(['held', 'held'])
    expect(all.map(({ id }) => id)).toEqual(sorted(all.map(({ id }) => id)).toReversed())
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Record<string, any> = await admin().must(
        'GET',
        `/deliveries?project=${place.registry}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      seen.push(...page['items'].map(({ id }: { id: string }) => id))
      cursor = page['next']
    }
    expect(seen).toEqual(all.map(({ id }) => id))
    await admin().must('POST', `/webhooks/${webhook}/resume`)
  })

  test('are narrowed down by state, webhook, automation and team beside it', async () => {
    signalbox.current.receiver.answerWith(answerStatus(400))
    await link()
    signalbox.current.receiver.answerWith(answerStatus(200))
    const failed = await waitFor('both to have failed', async () => {
      const found = await listed(`project=${place.registry}&state=failed`)
      return found.length === 2 ? found : undefined
    })
    expect(sorted(automationsOf(failed))).toEqual(sorted([of.registry, of.collection]))
    const narrowed = await listed(`project=${place.registry}&state=failed&automation=${of.registry}`)
    expect(automationsOf(narrowed)).toEqual([of.registry])
    const other = (await signalbox.current.makeWebhook()).id
    expect(await listed(`project=${place.registry}&webhook=${other}`)).toEqual([])
    expect(await listed(`project=${place.registry}&team=vision&limit=100`)).toEqual(
      await listed(`project=${place.registry}&limit=100`),
    )
    expect(await listed(`project=demo&automation=${of.registry}`)).toEqual([])
  })

  test('are for whoever sees the place, without what its webhooks’ team keeps to itself', async () => {
    const own = await listed(`project=${place.registry}&state=failed`)
    const seen = await listed(`project=${place.registry}&state=failed`, colleague)
    expect(seen.map(({ id }) => id)).toEqual(own.map(({ id }) => id))
    expect(seen[0]).toMatchObject({ webhook_name: null })
    expect(own[0]!['webhook_name']).not.toBeNull()
    await admin().must('PATCH', `/registries/${place.registry}`, { visibility: 'restricted' })
    expect((await colleague.call('GET', `/deliveries?project=${place.registry}`)).status).toBe(404)
    expect((await colleague.call('GET', '/deliveries?project=demo')).status).toBe(404)
  })

  test('stay when the automation is deleted', async () => {
    const before = await listed(`project=${place.registry}&automation=${of.registry}`)
    await admin().must('DELETE', `/automations/${of.registry}`)
    const after = await listed(`project=${place.registry}&limit=100`)
    expect(after.filter(({ automation }) => automation === of.registry).map(({ id }) => id)).toEqual(
      before.map(({ id }) => id),
    )
  })
})
