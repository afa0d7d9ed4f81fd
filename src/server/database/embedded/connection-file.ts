import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a client needs, beside the data and readable by its owner only. */
export interface ConnectionFile {
  readonly password: string
  readonly socketFolder: string
}

export const superuser = 'signalbox'
export const databaseName = 'signalbox'

export function makePassword(): string {
  return randomBytes(24).toString('hex')
}

export function writeConnection(dataFolder: string, connection: ConnectionFile): void {
  const path = join(dataFolder, 'connection.json')
  writeFileSync(`${path}.new`, `${JSON.stringify({ ...connection, url: urlOf(connection) }, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  })
  renameSync(`${path}.new`, path)
}

/** Undefined where no embedded database was ever made. */
export function readConnection(dataFolder: string): ConnectionFile | undefined {
  try {
    return JSON.parse(readFileSync(join(dataFolder, 'connection.json'), 'utf8')) as ConnectionFile
  } catch {
    return undefined
  }
}

/** An address for `pg` and `psql`: the socket's folder stands percent-encoded where a host would. */
export function urlOf({ password, socketFolder }: ConnectionFile, database = databaseName): string {
  return `postgres://${superuser}:${password}@${encodeURIComponent(socketFolder)}/${database}`
}
