import type { Command } from 'commander'
import { readConfig } from '../../server/config.ts'
import { makeJsonLog } from '../../server/json-log.ts'
import { startServer } from '../../server/main.ts'
import { untilAskedToStop } from '../until-asked-to-stop.ts'

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('the production start: configured by the environment, JSON lines on standard output')
    .option('--role <role>', 'all, api or worker')
    .action(async ({ role }: { role?: 'all' | 'api' | 'worker' }) => {
      const config = readConfig(role === undefined ? {} : { role })
      const log = makeJsonLog(config.logLevel)
      const server = await startServer(config, log)
      const signal = await untilAskedToStop()
      log.info('server.stopping', { signal })
      await server.stop()
      log.info('server.stopped')
      process.exit(0)
    })
}
