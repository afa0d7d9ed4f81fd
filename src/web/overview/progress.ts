/** How far a team has come towards its first request. */
export interface Progress {
  readonly hasPlace: boolean
  /** The one made last. */
  readonly webhook: { readonly id: string } | undefined
  /** Undefined for who is no admin of the team: they neither test nor know. */
  readonly hasTested: boolean | undefined
  readonly automation: { readonly name: string; readonly event_type: string } | undefined
  readonly hasFired: boolean
}

/** What to do now. A test is good advice, and nothing that the rest waits for. */
export function nextOf({ webhook, hasTested, automation, hasFired }: Progress) {
  if (webhook === undefined) return 'webhook'
  if (automation === undefined) return hasTested === false ? 'test' : 'automation'
  return hasFired ? 'nothing' : 'fire'
}
