import type { Command } from 'commander'
import type { Config } from '../../server/config.ts'
import { UsageError } from '../failures.ts'
import { printAside } from '../print.ts'
import { readAddress } from '../read-option.ts'
import { watchForStop } from '../watch-for-stop.ts'

interface ServeOptions {
  readonly role?: Config['role']
  readonly listen?: Config['listen']
  readonly data?: string
}

const roles = ['all', 'api', 'worker'] as const

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('the production start: configured by the environment, logs as JSON lines on standard output')
    .option('--listen <host:port>', 'where it listens; also SIGNALBOX_LISTEN', readAddress)
    .option('--data <dir>', 'data folder; also SIGNALBOX_DATA')
    .option('--role <role>', `${roles.join(', ')}; also SIGNALBOX_ROLE`, readRole)
    .action(async ({ role, listen, data }: ServeOptions) => {
      const { readConfig } = await import('../../server/config.ts')
      const { makeJsonLog } = await import('../../server/json-log.ts')
      const { startServer } = await import('../../server/main.ts')
      const config = readConfig({
        ...(role === undefined ? {} : { role }),
        ...(listen === undefined ? {} : { listen }),
        ...(data === undefined ? {} : { dataFolder: data }),
      })
      const log = makeJsonLog(config.logLevel)
      const stop = watchForStop()
      const server = await startServer(config, log)
      // The log goes on standard output, and to collectors that keep it: the code does not.
      if (server.setUpCode !== undefined && config.role !== 'worker')
        printAside(
          `Set up at ${server.url}/setup with code ${server.setUpCode}\n    or at ${server.url}/setup#${server.setUpCode}`,
        )
      const signal = await stop.asked
      log.info('server.stopping', { signal })
      await server.stop()
      log.info('server.stopped')
      process.exit(0)
    })
}

function readRole(text: string): Config['role'] {
  const role = roles.find((candidate) => candidate === text)
  if (role === undefined) throw new UsageError(`“${text}” is no role`, `--role ${roles.join(', --role ')}`)
  return role
}
