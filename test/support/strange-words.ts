/** What readers of Korean write in Latin letters; names of the wire, of headers and of tools. */
export const latin: ReadonlySet<string> = new Set(
  (
    'webhook secret event registry run z-score Signalbox API JSON URL TLS UTC SDK ID Enter ms base64 curl openssl ' +
    'webhook-signature webhook-id webhook-timestamp X-Wandb-Signature Authorization Bearer Standard Webhooks ' +
    'HMAC-SHA256 v1 Tab F8 Ctrl K Z entity project collection alias v v3 model dataset accuracy metadata.accuracy gte ACCESS_TOKEN SECRET evt NAME ' +
    'HTTP http https POST PEM KB UTF-8 Latin-1 NUL ISO DNS IPv4 true false null wandb Content-Type Content-Length ' +
    'Idempotency-Key proto constructor.prototype application json GitHub Slack Discord Microsoft Teams'
  ).split(' '),
)

/** Words of a Korean text that no reader of Korean expects there. */
export function strangeWords(text: string): string[] {
  return (text.match(/[A-Za-z][\w-]*(?:\.\w+)*/g) ?? [])
    .map((word) => word.replace(/_+$/, ''))
    .filter((word) => !latin.has(word))
}
