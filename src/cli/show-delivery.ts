import type { Attempt, Delivery } from '../contract/delivery.ts'
import type { Event } from '../contract/event.ts'
import { SignalboxProblem } from '../sdk/problem-error.ts'
import type { SignalboxClient } from '../sdk/connect.ts'
import { drawPhases, totalMs } from './draw-phases.ts'
import { nameOf, subjectOf } from './event-texts.ts'
import { plain } from './plain.ts'
import { bold, dim, prettyJson, print, printStyled, relativeTime } from './print.ts'

/** Undefined when the delivery has none, or it is not the asker's to see. */
export async function findEvent(client: SignalboxClient, id: string | null): Promise<Event | undefined> {
  if (id === null) return undefined
  try {
    return await client.events.get(id)
  } catch (error) {
    if (error instanceof SignalboxProblem && error.status === 404) return undefined
    throw error
  }
}

/** For a person: where it stands, what caused it, what was sent, and every attempt with its times. */
export function showDelivery(delivery: Delivery, event: Event | undefined): void {
  const { id, state, reason, automation, webhook, created_at: createdAt, next_attempt_at: nextAt } = delivery
  const now = new Date()
  printStyled(`${bold(id)}  ${bold(state)}${plain(reason === null ? '' : `: ${reason}`)}`)
  print(`made        ${createdAt} (${relativeTime(createdAt, now)}), webhook-id ${delivery.message_id}`)
  if (nextAt !== null) print(`next        ${nextAt} (${relativeTime(nextAt, now)})`)
  print(`event       ${[delivery.event ?? '-', ...describeEvent(event)].join('  ')}`)
  print(`automation  ${automation ?? '-'}, revision ${delivery.automation_revision ?? '-'}`)
  print(`webhook     ${webhook ?? '-'}`)
  if (delivery.details === 'hidden')
    print('Payload, headers and answers are for members of the team that owns the webhook.')
  if (delivery.payload !== null) {
    printStyled(`\n${bold('payload')}`)
    print(indent(prettyJson(delivery.payload)))
  }
  const longestMs = Math.max(0, ...delivery.attempt_list.map(({ phases_ms: phases }) => totalMs(phases)))
  for (const attempt of delivery.attempt_list) showAttempt(attempt, longestMs)
}

function showAttempt(attempt: Attempt, longestMs: number): void {
  const { number, at, outcome, status, detail, phases_ms: phases, request_headers: headers, response } = attempt
  const came = [outcome, ...(status === null ? [] : [String(status)])].join(' ')
  printStyled(`\n${bold(`attempt ${number}`)}  ${bold(came)}${plain(detail === null ? '' : `: ${detail}`)}  ${dim(at)}`)
  if (phases !== null) print(`  ${drawPhases(phases, longestMs)}`)
  for (const [name, value] of headers ?? []) printStyled(dim(`  > ${name}: ${value}`))
  for (const [name, value] of response?.headers ?? []) printStyled(dim(`  < ${name}: ${value}`))
  const body = response?.body ?? ''
  if (body === '') return
  if (response?.encoding === 'base64') print(`  ${response.bytes ?? 'some'} bytes that are no text, as base64:`)
  print(indent(body))
}

function describeEvent(event: Event | undefined): readonly string[] {
  if (event === undefined) return []
  return [event.type, nameOf(event) ?? '', subjectOf(event)].filter((text) => text !== '')
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
