import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from './failures.ts'

/** What `try` has made in its folder, or is about to make, so that the next start goes on from there. */
export interface Example {
  readonly organization: string
  readonly admin: string
  readonly password: string
  readonly team: string
  readonly project: string
  /** As the API names it. */
  readonly registry: string
  readonly accessToken: string
  readonly receiverPort: number
  readonly apiKey?: string
  readonly webhookId?: string
  readonly signingSecret?: string
  readonly automationId?: string
  /** Set when the story was told to its end. */
  readonly deliveredMs?: number
}

export const registryPrefix = 'wandb-registry-'

export function newExample(receiverPort: number): Example {
  return {
    organization: 'example',
    admin: 'ada',
    password: randomBytes(12).toString('base64url'),
    team: 'vision',
    project: 'demo',
    registry: `${registryPrefix}models`,
    accessToken: randomBytes(24).toString('hex'),
    receiverPort,
  }
}

export interface ExampleFile {
  /** Undefined when `try` has made nothing here yet. */
  read(): Example | undefined
  /** Stands whole on the disk when this returns; readable by its owner only. */
  write(example: Example): Example
  forget(): void
}

export function exampleFile(dataFolder: string): ExampleFile {
  const path = join(dataFolder, 'try.json')
  return {
    read() {
      if (!existsSync(path)) return undefined
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as Example
      } catch {
        throw new UsageError(`${path} cannot be read`, 'another folder with --data')
      }
    },
    write(example) {
      writeFileSync(`${path}.new`, `${JSON.stringify(example, null, 2)}\n`, { mode: 0o600, flush: true })
      renameSync(`${path}.new`, path)
      return example
    },
    forget: () => rmSync(path, { force: true }),
  }
}
