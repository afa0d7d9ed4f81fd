import { bold, dim, print, printJson, printStyled } from './print.ts'
import { exampleAlias, exampleCollection } from './make-example.ts'
import type { Example } from './try-example.ts'

/** Tells a person what `try` does, step by step; with --json it says nothing until the end. */
export interface Story {
  /** One step that is done, with the time since the one before. */
  step(what: string, details: string): void
  detail(text: string): void
  /** Where things are and how to get in. */
  addresses(url: string, dataFolder: string, example: Example): void
  /** The last line. */
  end(deliveredMs: number): void
}

export function tellStory(): Story {
  let before = performance.now()
  return {
    step(what, details) {
      const now = performance.now()
      const ms = `${Math.round(now - before)} ms`
      before = now
      printStyled(`${dim(ms.padStart(8))}  ${bold(what.padEnd(10))}  ${details}`)
    },
    detail: (text) => printStyled(`${' '.repeat(22)}${dim(text)}`),
    addresses(url, dataFolder, { admin, password, apiKey, organization, registry, team, project }) {
      const collection = `${organization}/${registry}/${exampleCollection.name}`
      const line = (what: string, details: string): void => printStyled(`  ${bold(what.padEnd(8))}  ${details}`)
      print('')
      line('API', `${url}/api/v1, described at ${url}/openapi.json`)
      line('pages', url)
      line('sign in', `${admin}, password ${password}`)
      line('API key', apiKey ?? '-')
      line('data', dataFolder)
      line('next', `npx signalbox login --url ${url} --name ${admin}`)
      line('', `npx signalbox deliveries list --team ${team}`)
      line(
        '',
        `npx signalbox versions create ${team}/${project}/${exampleCollection.name} --metadata '{"accuracy": 0.97}'`,
      )
      line('', `npx signalbox collections link ${collection} ${team}/${project}/${exampleCollection.name}:latest`)
      line('', `npx signalbox collections alias ${collection} latest ${exampleAlias}`)
      line('stop', 'Ctrl-C; the next start keeps everything')
      print('')
    },
    end: (deliveredMs) => print(`delivered and verified in ${deliveredMs} ms`),
  }
}

export const silentStory: Story = { step() {}, detail() {}, addresses() {}, end() {} }

/** What a script needs to go on; the same at every start. */
export function printSummary(url: string, example: Example): void {
  printJson({
    url,
    api_key: example.apiKey ?? null,
    organization: example.organization,
    team: example.team,
    project: example.project,
    registry: example.registry,
    webhook_id: example.webhookId ?? null,
    automation_id: example.automationId ?? null,
    delivered_ms: example.deliveredMs ?? null,
  })
}
