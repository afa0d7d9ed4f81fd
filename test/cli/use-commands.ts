import { beforeAll, expect } from 'vitest'
import type { TestSignalbox } from '../support/signalbox.ts'
import { run, runOnTerminal } from './run-cli.ts'

/** Command lines as they are typed by ada, admin of the team `vision`; pieces in quotes stay whole. */
export interface Commands {
  readonly environment: { readonly SIGNALBOX_URL: string; readonly SIGNALBOX_API_KEY: string }
  /** Answers what a command that succeeds and complains about nothing prints. */
  done(line: string, input?: string): Promise<string>
  json(line: string, input?: string): Promise<any>
  /** Answers what a command that fails with this exit code says: what happened, and what to try. */
  refused(line: string, code: number, input?: string): Promise<string>
  typed(line: string, asked: string, typed: string): ReturnType<typeof runOnTerminal>
}

export function useCommands(signalbox: { readonly current: TestSignalbox }): Commands {
  let environment: Commands['environment'] | undefined

  beforeAll(async () => {
    const { admin, server } = signalbox.current
    const { key } = await admin.must<{ key: string }>('POST', '/api-keys', { name: 'cli' })
    await admin.must('PUT', '/teams/vision/members/ada', { role: 'admin' })
    environment = { SIGNALBOX_URL: server.url, SIGNALBOX_API_KEY: key }
  })

  const commands: Commands = {
    get environment() {
      return environment!
    },
    async done(line, input = '') {
      const ran = await run(words(line), environment, input)
      expect(ran, line).toMatchObject({ code: 0, stderr: '' })
      return ran.stdout
    },
    async json(line, input) {
      return JSON.parse(await commands.done(`${line} --json`, input))
    },
    async refused(line, code, input = '') {
      const ran = await run(words(line), environment, input)
      expect([line, ran.code, ran.stdout]).toEqual([line, code, ''])
      expect(ran.stderr).toMatch(/^[A-Z].+: .+\n( {2}#.*: .+\n)*try: .+\n$/)
      return ran.stderr
    },
    typed: (line, asked, typed) => runOnTerminal(words(line), commands.environment, { asked, typed }),
  }
  return commands
}

function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)
}
