/** Ids that a page stands for, and where it is. */
const pages: Readonly<Record<string, (id: string) => string>> = {
  aut: (id) => `/automations/${id}`,
  dlv: (id) => `/deliveries/${id}`,
  evt: (id) => `/events/${id}`,
  whk: (id) => `/history?webhook=${id}`,
  prj: (id) => `/registries/${id}`,
}

/** Where something pasted leads: the id of a thing, or an address of this server. */
export function readJump(pasted: string, origin: string): string | undefined {
  const text = pasted.trim()
  const [, prefix] = /^([a-z]{3})_[0-9a-z]{1,26}$/.exec(text) ?? []
  if (prefix !== undefined && Object.hasOwn(pages, prefix)) return pages[prefix]!(text)
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.origin === origin ? `${url.pathname}${url.search}${url.hash}` : undefined
}
