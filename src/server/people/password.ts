import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** argon2id with 19 MiB and 2 passes, as OWASP advises; the parameters stand with each hash, so that they can grow. */
const parameters = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const
const hash = promisify(argon2)

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await hash('argon2id', { ...parameters, message: password, nonce })
  return `argon2id$${parameters.memory}$${parameters.passes}$${nonce.toString('base64')}$${tag.toString('base64')}`
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [kind, memory, passes, nonce, tag] = stored.split('$')
  if (kind !== 'argon2id' || tag === undefined) return false
  const expected = Buffer.from(tag, 'base64')
  const options = {
    ...parameters,
    memory: Number(memory),
    passes: Number(passes),
    message: password,
    nonce: Buffer.from(nonce!, 'base64'),
  }
  return timingSafeEqual(await hash('argon2id', options), expected)
}

/** Takes as long as a real check and never passes: an unknown name must not answer sooner than a wrong password. */
export const noPassword = `argon2id$${parameters.memory}$${parameters.passes}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`
