import type { KeyObject } from 'node:crypto'
import { makeSecretMask, type SecretMask } from './mask-secrets.ts'
import type { RevealedSecrets } from './outbound-request.ts'
import { signingKeyOf } from './sign-request.ts'

/** What every request with these secrets needs. */
export interface PreparedSecrets {
  readonly mask: SecretMask
  /** Of the signing secrets, in their order. */
  readonly signingKeys: readonly KeyObject[]
}

/**
 * Made once for as long as the same secrets are revealed: the forms a mask looks for cost more than all the rest of a
 * request. What is kept goes with the secrets it was made of.
 */
export function makeSecretPreparer(): (secrets: RevealedSecrets) => PreparedSecrets {
  const known = new WeakMap<RevealedSecrets, PreparedSecrets>()
  return (secrets) => {
    const before = known.get(secrets)
    if (before !== undefined) return before
    const prepared = {
      mask: makeSecretMask(namedValuesOf(secrets)),
      signingKeys: secrets.signingSecrets.map(signingKeyOf),
    }
    known.set(secrets, prepared)
    return prepared
  }
}

function namedValuesOf({ values, signingSecrets }: RevealedSecrets): ReadonlyMap<string, string> {
  const all = new Map(values)
  signingSecrets.forEach((secret, index) => {
    all.set(index === 0 ? 'SIGNING_SECRET' : `SIGNING_SECRET_${index + 1}`, secret.replace(/^whsec_/, ''))
  })
  return all
}
