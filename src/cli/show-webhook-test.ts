import type { WebhookTest } from '../contract/webhook-test.ts'
import { drawPhases, totalMs } from './draw-phases.ts'
import { bold, dim, prettyJson, print, printStyled } from './print.ts'

/** For a person: what was sent, how long each phase took, what came back, and what to do about it. */
export function showWebhookTest({ ok, outcome, request, phases_ms: phases, response, ...more }: WebhookTest): void {
  printStyled(
    bold(`${ok ? 'taken' : 'not taken'}: ${more.explanation?.title ?? `${outcome} ${response?.status ?? ''}`.trim()}`),
  )
  if (more.explanation !== null) {
    print(more.explanation.what)
    print(`try: ${more.explanation.try}`)
  }
  print(`\nPOST ${request.url}`)
  for (const [name, value] of request.headers) printStyled(dim(`  > ${name}: ${value}`))
  print(indent(prettyJson(request.body)))
  print(`  ${drawPhases(phases, totalMs(phases))}`)
  for (const [name, value] of response?.headers ?? []) printStyled(dim(`  < ${name}: ${value}`))
  if (response !== null && response.body !== null && response.body !== '') print(indent(response.body))
  for (const note of more.notes) print(`note: ${note}`)
  for (const { line, column, detail } of more.warnings)
    print(`warning: ${line === undefined ? '' : `line ${line}, column ${column}: `}${detail}`)
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
