import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { parseId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'

/** Answers whether the actor may ask for deliveries by an event, an automation or a webhook: whoever may read it. */
export interface DeliveryVisibility {
  readonly ofEvent: (context: Context, eventId: string) => Promise<boolean>
  readonly ofAutomation: (context: Context, automationId: number) => Promise<boolean>
  readonly ofWebhook: (context: Context, webhookId: number) => Promise<boolean>
}

/** By a noun that has a number; events have none. */
export interface NumberFilter {
  readonly by: 'team' | 'webhook' | 'automation'
  readonly id: number
}

/** The one thing by which a query says whose deliveries it means; none, or several, are refused. */
export function chooseNoun<By extends string>(
  query: { readonly [noun in By]?: string | undefined },
  nouns: readonly By[],
): { readonly by: By; readonly ref: string } {
  const given = nouns.flatMap((by) => {
    const ref = query[by]
    return ref === undefined ? [] : [{ by, ref }]
  })
  const [chosen, other] = given
  if (chosen !== undefined && other === undefined) return chosen
  throw new Problem(
    'request-invalid',
    `Say whose deliveries: by exactly one of ${nouns.slice(0, -1).join(', ')} and ${nouns.at(-1)}.`,
    [
      {
        pointer: `#/query/${other?.by ?? 'team'}`,
        detail: given.length === 0 ? 'is missing' : 'cannot stand beside another',
      },
    ],
  )
}

/** Finds what a query named; what the actor may not see is not found. */
export async function findWhose(
  visibility: DeliveryVisibility,
  context: Context,
  { by, ref }: { readonly by: NumberFilter['by']; readonly ref: string },
  toDo: string,
): Promise<NumberFilter> {
  if (by === 'team') return { by, id: (await getEntity(context, ref, 'viewer', toDo)).id }
  const id = parseId(by, ref)
  const isVisible = by === 'webhook' ? visibility.ofWebhook : visibility.ofAutomation
  if (id === undefined || !(await isVisible(context, id))) throw notFound(by, ref)
  return { by, id }
}
