/** How a receiver verifies `webhook-signature`, in the languages that most are written in. */
export const receiverSamples = [
  {
    name: 'Node.js',
    code: `import { createHmac, timingSafeEqual } from 'node:crypto'

// headers have lower-case names, body is the bytes as they arrived, secret is whsec_…
export function verify(headers, body, secret) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(body).digest()
  return signatures.split(' ').some((given) => {
    const signature = Buffer.from(given.replace(/^v1,/, ''), 'base64')
    return signature.length === expected.length && timingSafeEqual(signature, expected)
  })
}
`,
  },
  {
    name: 'Python',
    code: `import base64, hashlib, hmac, time

# headers have lower-case names, body is the bytes as they arrived, secret is whsec_…
def verify(headers: dict, body: bytes, secret: str) -> bool:
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    given = [base64.b64decode(one.removeprefix("v1,")) for one in headers["webhook-signature"].split()]
    return any(hmac.compare_digest(expected, signature) for signature in given)
`,
  },
  {
    name: 'Go',
    code: `package receiver

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Verify takes the bytes of the body as they arrived, and a secret as whsec_…
func Verify(headers http.Header, body []byte, secret string) bool {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := mac.Sum(nil)
	for _, given := range strings.Fields(headers.Get("webhook-signature")) {
		signature, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(given, "v1,"))
		if err == nil && hmac.Equal(signature, expected) {
			return true
		}
	}
	return false
}
`,
  },
  {
    name: 'bash',
    code: `#!/usr/bin/env bash
# ID, TIMESTAMP and SIGNATURES hold the three headers, SECRET is whsec_…; the body comes on standard input.
set -euo pipefail
age=$(($(date +%s) - TIMESTAMP))
[ "\${age#-}" -le 300 ] || exit 1
key=$(printf '%s' "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
expected=$({ printf '%s.%s.' "$ID" "$TIMESTAMP"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
for given in $SIGNATURES; do
  if [ "$given" = "v1,$expected" ]; then exit 0; fi
done
exit 1
`,
  },
] as const
