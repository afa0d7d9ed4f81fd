import { createInterface, type Interface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { UsageError } from './failures.ts'

/** Asks on the terminal without showing what is typed; where there is none, takes the first line of standard input. */
export async function askSecretly(what: string): Promise<string> {
  return demand(what, process.stdin.isTTY ? await askHidden(what) : await readFirstLine())
}

/** The same for what may have several lines, as a key in PEM has: all of standard input, but for the line ends at its end. */
export async function askForValue(what: string): Promise<string> {
  const answer = process.stdin.isTTY ? await askHidden(what) : (await text(process.stdin)).replace(/[\r\n]+$/, '')
  return demand(what, answer)
}

/** Asks on the terminal, where the answer may be seen. */
export async function askOpenly(question: string): Promise<string> {
  return answerOf(createInterface({ input: process.stdin, output: process.stderr }), question)
}

function demand(what: string, answer: string): string {
  if (answer === '') throw new UsageError(`no ${what} was given`, `type it when asked, or send it on standard input`)
  return answer
}

async function askHidden(what: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(`${what}: `)
  try {
    return await answerOf(terminal, '')
  } finally {
    process.stderr.write('\n')
  }
}

/** Ctrl-C and Ctrl-D end the question: nothing is answered. */
async function answerOf(terminal: Interface, question: string): Promise<string> {
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  try {
    return (await Promise.race([terminal.question(question), ended])).trim()
  } finally {
    terminal.close()
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
