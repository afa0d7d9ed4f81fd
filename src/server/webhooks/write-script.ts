import { accessTokenName } from '../../contract/secret.ts'
import { parseSecretText } from '../templates/parse-secret-text.ts'
import { grantedNames, originOf, type WebhookSettings } from './webhook.ts'

/**
 * A bash script that sends what Signalbox would send to this webhook, signed alike, with curl and openssl. Every value comes
 * from the environment; secrets that headers hold are variables of their own name, or of one beside it where bash or this
 * script has another use for that. Whoever may not see the values of headers gets none of them: each is a variable. Pure.
 */
export function writeScript(settings: WebhookSettings, { showsHeaders }: { readonly showsHeaders: boolean }): string {
  const { name, access_token, secret, timeout_ms, tls } = settings
  const headers = settings.headers.map((header, index): ScriptHeader => ({
    name: header.name,
    parts:
      showsHeaders || header.value === '' ? partsOf(header.value, settings) : [{ variable: `HEADER_${index + 1}` }],
  }))
  const slots = headers.flatMap(({ name: header, parts }) =>
    parts.flatMap((part) => (typeof part === 'string' ? [] : [{ header, ...part }])),
  )
  const needed = [
    ...new Set([
      'API_ENDPOINT',
      ...(access_token === null ? [] : [accessTokenName]),
      ...(secret === null ? [] : ['SECRET']),
      ...slots.map(({ variable }) => variable),
    ]),
  ]
  /** The script's own names are in nobody's way: what came from the environment is at hand by its place. */
  const valueOf = (variable: string) => `"\${${needed.indexOf(variable) + 1}}"`
  return `#!/usr/bin/env bash
# Sends to the webhook ${quoteComment(name)} (${quoteComment(originOf(settings.url))}) what Signalbox would send, signed alike.
# The values come from the environment:
#   API_ENDPOINT    where to send it
#   PAYLOAD         the body; {} when left out
#   ACCESS_TOKEN    the access token${access_token === null ? '; this webhook has none' : ''}
#   SECRET          keys X-Wandb-Signature${secret === null ? '; this webhook has none, so its signing secret does' : ''}
#   SIGNING_SECRET  whsec_…, makes webhook-signature; left out, it is not sent
${[...new Set(slots.flatMap(describeSlot))].join('')}set -euo pipefail

set -- ${needed.map((variable) => `"\${${variable}:-}"`).join(' ')}
missing=()
${needed.map((variable) => `[ -n ${valueOf(variable)} ] || missing+=(${variable})\n`).join('')}if [ "\${#missing[@]}" -gt 0 ]; then
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
    .map(({ name: header, parts }) =>
      // curl takes a header without a value for one to leave out, unless it ends like this.
      parts.length === 0
        ? `  --header ${quote(`${header};`)}\n`
        : `  --header ${quote(`${header}: `)}${parts.map((part) => (typeof part === 'string' ? quote(part) : valueOf(part.variable))).join('')}\n`,
    )
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
printf '%s' "$payload" | curl --globoff --silent --show-error --include --max-time ${Math.ceil(timeout_ms / 1000)}${tls.verify ? '' : ' --insecure'} \\
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

interface ScriptHeader {
  readonly name: string
  readonly parts: readonly (string | Slot)[]
}

interface Slot {
  readonly variable: string
  /** Left out where the whole value is one that may not be seen. */
  readonly secret?: string
}

function partsOf(value: string, settings: WebhookSettings): readonly (string | Slot)[] {
  const parsed = parseSecretText(value, 'text', grantedNames(settings))
  if (!parsed.ok) return [value]
  return parsed.parts.map((part) =>
    typeof part === 'string' ? part : { secret: part.secret, variable: variableOf(part.secret, settings) },
  )
}

/** What bash, curl or openssl read by themselves, and what this script has a use for. */
const taken =
  /^(_|API_ENDPOINT|PAYLOAD|SECRET|SIGNING_SECRET|VALUE_OF_.*|BASH.*|CDPATH|COMP_.*|COPROC|CURL_.*|DIRSTACK|DYLD_.*|ENV|EPOCH.*|EUID|FUNCNAME|GLIBC_.*|GROUPS|HIST.*|HOME|HOST.*|IFS|LANG|LANGUAGE|LC_.*|LD_.*|LINENO|MACHTYPE|MALLOC_.*|MAPFILE|NETRC|OLDPWD|OPENSSL_.*|OPT.*|OSTYPE|PATH|PIPESTATUS|POSIXLY_CORRECT|PPID|PS\d|PWD|RANDOM|READLINE_.*|REPLY|SECONDS|SHELL|SHELLOPTS|SHLVL|SRANDOM|SSL.*|TERM|TIMEFORMAT|TMPDIR|TZ|UID|XDG_.*|.*_(PROXY|proxy))$/

/** Two secrets never share a variable. */
function variableOf(secret: string, settings: WebhookSettings): string {
  const isItself = secret === accessTokenName || (secret === 'SECRET' && settings.secret === secret)
  return !isItself && taken.test(secret) ? `VALUE_OF_${secret}` : secret
}

function describeSlot({ variable, secret, header }: Slot & { readonly header: string }): readonly string[] {
  if (secret === undefined)
    return [`#   ${variable}  the value of the header ${quoteComment(header)}, which admins of the team may see\n`]
  if (secret === variable && ['ACCESS_TOKEN', 'SECRET'].includes(secret)) return []
  return [`#   ${variable}  the secret ${secret}, for a header\n`]
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** A comment ends with its line. */
function quoteComment(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}
