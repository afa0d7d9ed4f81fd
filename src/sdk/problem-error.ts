import type { Mistake, ProblemDocument } from '../contract/problem.ts'

/** The server refused; `type` is what to compare, `/problems/not-found`. */
export class SignalboxProblem extends Error {
  override readonly name = 'SignalboxProblem'
  readonly type: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly mistakes: readonly Mistake[]

  constructor({ type, status, title, detail, errors }: ProblemDocument) {
    super(`${title}: ${detail}`)
    this.type = type
    this.status = status
    this.title = title
    this.detail = detail
    this.mistakes = errors ?? []
  }
}

/** Nothing answered at the address, or what answered is no Signalbox. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable'
}
