import { Problem } from '../../contract/problem.ts'
import type { EntityId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Keyring, SealedValue } from './keyring.ts'
import { secretBinding } from './secret-binding.ts'

/** Seals a value for its place; refuses one that is too long. The contract counts characters, and storage bytes. */
export function sealSecret(keyring: Keyring, entityId: EntityId, name: string, value: string): SealedValue {
  const bytes = Buffer.from(value)
  if (bytes.length > limits.secretValueBytesMax)
    throw new Problem('request-invalid', 'The value is too long.', [
      { pointer: '#/value', detail: `is ${bytes.length} bytes long; at most ${limits.secretValueBytesMax} are taken` },
    ])
  return keyring.seal(bytes, secretBinding(entityId, name))
}
