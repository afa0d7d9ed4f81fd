import type { Words } from '../text/words.ts'
import { spellMoment } from '../parts/spell-time.ts'

/** Which deliveries a dialog about many is for: what the page was narrowed down by. */
export interface ManyFilter {
  readonly team?: string
  readonly webhook?: string
  readonly automation?: string
  /** A project or registry. */
  readonly project?: string
  readonly after?: string
}

/** What they are all of: the name of the webhook, automation or team. */
export function nameOf({ team, webhook, automation }: ManyFilter, [name]: readonly string[]): string {
  return name ?? webhook ?? automation ?? team ?? ''
}

/** `to deploy-bot, since 24 Nov, 12:00`; ids where no name is known. */
export function spellFilter(
  { team, webhook, automation, project, after }: ManyFilter,
  names: readonly string[],
  text: Words,
): string {
  const [name] = names
  const of =
    webhook !== undefined
      ? text.redeliveries.toWebhook(name ?? webhook)
      : automation !== undefined
        ? text.redeliveries.ofAutomation(name ?? automation)
        : text.redeliveries.toTeam(team ?? '')
  return [
    of,
    ...(project === undefined ? [] : [text.redeliveries.inPlace(project)]),
    ...(after === undefined ? [] : [text.redeliveries.since(spellMoment(after, new Date(), text))]),
  ].join(', ')
}
