/** Ids that a page stands for, and where it is. */
const pages: Readonly<Record<string, (id: string, team: string) => string>> = {
  aut: (id) => `/automations/${id}`,
  dlv: (id) => `/deliveries/${id}`,
  evt: (id) => `/events/${id}`,
  whk: (id, team) => `/teams/${team}/webhooks/${id}`,
  prj: (id) => `/registries/${id}`,
}

/** Where something pasted leads: the id of a thing, as seen from a team, or an address of this server. */
export function readJump(pasted: string, origin: string, team: string): string | undefined {
  const text = pasted.trim()
  const [, prefix] = /^([a-z]{3})_[0-9a-z]{1,26}$/.exec(text) ?? []
  if (prefix !== undefined && Object.hasOwn(pages, prefix)) return pages[prefix]!(text, team)
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.origin === origin ? `${url.pathname}${url.search}${url.hash}` : undefined
}
