import * as z from 'zod'

/** What an event did to one automation that it was visible to. */
export const Judgement = z.object({
  automation: z.string().describe('`aut_…`'),
  automation_name: z.string(),
  revision: z.int().describe('The revision that was in force when the event was recorded.'),
  verdict: z
    .enum(['fired', 'not-matched', 'disabled', 'other-event-type', 'out-of-reach', 'created-later'])
    .describe('The last two only of an automation that was asked for by its id.'),
  reason: z.string().nullable().describe('Why it did not fire: `name is "a", expected "b"`.'),
  through: z
    .string()
    .nullable()
    .describe('`entity/project/collection`: the place it fired through, which fills the variables of its payload.'),
  delivery: z.string().nullable().describe('`dlv_…`: what it set off.'),
  may_change: z.boolean().describe('Whether you may change the automation as it is today; not once it is deleted.'),
})
export type Judgement = z.infer<typeof Judgement>

/** Every automation in the event's reach, judged by the rules of the moment it was recorded. */
export const Explanation = z.object({
  event: z.string(),
  judgements: z.array(Judgement),
})
export type Explanation = z.infer<typeof Explanation>

export const ExplanationQuery = z.strictObject({
  automation: z
    .string()
    .optional()
    .describe('`aut_…`: says of this one too why it did not fire, where it was not in reach.'),
})
export type ExplanationQuery = z.infer<typeof ExplanationQuery>
