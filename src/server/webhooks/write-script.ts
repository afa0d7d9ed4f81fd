import type { PayloadPart } from '../../contract/payload.ts'
import { accessTokenName } from '../../contract/secret.ts'
import { parseSecretText } from '../templates/parse-secret-text.ts'
import { grantedNames, originOf, type WebhookSettings } from './webhook.ts'

/**
 * A bash script that sends what Signalbox would send to this webhook, signed alike, with curl and openssl. Every value comes
 * from the environment; secrets that headers hold are variables of their own name. Pure.
 */
export function writeScript(settings: WebhookSettings): string {
  const { name, access_token, secret, timeout_ms, tls } = settings
  const headers = settings.headers.map((header) => ({ ...header, parts: partsOf(header.value, settings) }))
  const used = headers.flatMap(({ parts }) => parts.flatMap((part) => (typeof part === 'string' ? [] : part.secret)))
  const needed = [
    'API_ENDPOINT',
    ...(access_token === null ? [] : [accessTokenName]),
    ...(secret === null ? [] : ['SECRET']),
    ...used.filter((one) => one !== accessTokenName),
  ]
  return `#!/usr/bin/env bash
# Sends to the webhook ${quoteComment(name)} (${quoteComment(originOf(settings.url))}) what Signalbox would send, signed alike.
# The values come from the environment:
#   API_ENDPOINT    where to send it
#   PAYLOAD         the body; {} when left out
#   ACCESS_TOKEN    the access token${access_token === null ? '; this webhook has none' : ''}
#   SECRET          keys X-Wandb-Signature${secret === null ? '; this webhook has none, so its signing secret does' : ''}
#   SIGNING_SECRET  whsec_…, makes webhook-signature; left out, it is not sent
${used
  .filter((one) => one !== accessTokenName)
  .map((one) => `#   ${one}  the secret of that name, for a header\n`)
  .join('')}set -euo pipefail

missing=()
for name in ${[...new Set(needed)].join(' ')}; do
  [ -n "\${!name:-}" ] || missing+=("$name")
done
if [ "\${#missing[@]}" -gt 0 ]; then
  echo "set these first: \${missing[*]}" >&2
  exit 2
fi

payload=\${PAYLOAD-'{}'}
message_id="msg_$(openssl rand -hex 16)"
timestamp=$(date +%s)
headers=(
  --header 'Content-Type: application/json'
  --header "webhook-id: $message_id"
  --header "webhook-timestamp: $timestamp"
${access_token === null ? '' : '  --header "Authorization: Bearer $ACCESS_TOKEN"\n'}${headers
    .map(({ name: header, parts }) => `  --header ${quote(`${header}: `)}${parts.map(writePart).join('')}\n`)
    .join('')})

# X-Wandb-Signature: HMAC-SHA256 of the exact bytes of the body.
wandb_key=${secret === null ? '${SIGNING_SECRET:-}' : '$SECRET'}
if [ -n "$wandb_key" ]; then
  signature=$(printf '%s' "$payload" | openssl dgst -sha256 -hmac "$wandb_key" ${encodings[settings.signature_encoding]})
  headers+=(--header "X-Wandb-Signature: $signature")
fi

# webhook-signature, as Standard Webhooks has it: id, timestamp and body, keyed with the decoded secret.
if [ -n "\${SIGNING_SECRET:-}" ]; then
  key=$(printf '%s' "\${SIGNING_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
  signature=$(printf '%s.%s.%s' "$message_id" "$timestamp" "$payload" |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
  headers+=(--header "webhook-signature: v1,$signature")
fi
${writeTls(tls)}
printf '%s' "$payload" | curl --silent --show-error --include --max-time ${Math.ceil(timeout_ms / 1000)}${tls.verify ? '' : ' --insecure'} \\
  --request POST "\${headers[@]}"${tls.ca === null ? '' : ' --cacert "$ca"'} --data-binary @- -- "$API_ENDPOINT"
`
}

const encodings: Readonly<Record<WebhookSettings['signature_encoding'], string>> = {
  base64: '-binary | openssl base64 -A',
  hex: `-r | cut -d ' ' -f 1`,
  'sha256=hex': `-r | cut -d ' ' -f 1 | sed 's/^/sha256=/'`,
}

function writeTls({ ca }: WebhookSettings['tls']): string {
  if (ca === null) return ''
  return `
# The authority that this webhook trusts.
ca=$(mktemp)
trap 'rm -f "$ca"' EXIT
printf '%s\\n' ${quote(ca)} >"$ca"
`
}

function partsOf(value: string, settings: WebhookSettings): readonly PayloadPart[] {
  const parsed = parseSecretText(value, 'text', grantedNames(settings))
  return parsed.ok ? parsed.parts : [value]
}

/** Names of secrets are names of shell variables; everything else is quoted. */
function writePart(part: PayloadPart): string {
  return typeof part === 'string' ? quote(part) : `"$${part.secret}"`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** A comment ends with its line. */
function quoteComment(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}
