import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { UsageError } from './failures.ts'

/** Asks on the terminal without showing what is typed; where there is none, takes the first line of standard input. */
export async function askSecretly(what: string): Promise<string> {
  const answer = process.stdin.isTTY ? await askOnTerminal(what) : await readFirstLine()
  if (answer === '') throw new UsageError(`no ${what} was given`, `type it when asked, or send it on standard input`)
  return answer
}

async function askOnTerminal(what: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(`${what}: `)
  try {
    // Ctrl-C and Ctrl-D end the question.
    const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
    return (await Promise.race([terminal.question(''), ended])).trim()
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}

async function readFirstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin })
  try {
    for await (const line of lines) return line.trim()
    return ''
  } finally {
    lines.close()
  }
}
