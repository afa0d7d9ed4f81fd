/** Headers that are ours to set, or that would change what the request is. Custom headers may not use these names. */
const reserved = new Set([
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-wandb-signature',
])

export function isReservedHeader(name: string): boolean {
  return reserved.has(name.toLowerCase()) || name.toLowerCase().startsWith('webhook-')
}
