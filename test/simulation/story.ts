import { createHash } from 'node:crypto'

/** What happened, line by line: its end is shown with a failure, and all of it as a digest, by which two runs are compared. */
export interface Story {
  tell(line: string): void
  digest(): string
  end(): string
}

const linesShown = 60

export function makeStory(sinceStartMs: () => number): Story {
  const hash = createHash('sha256')
  const lines: string[] = []
  return {
    tell(line) {
      const told = `${sinceStartMs()} ms  ${line}`
      hash.update(`${told}\n`)
      lines.push(told)
      if (lines.length > linesShown) lines.shift()
    },
    digest: () => hash.copy().digest('hex'),
    end: () => lines.join('\n'),
  }
}
