import type { Mistake, ProblemDocument, ProblemType } from '../contract/problem.ts'

/** As it stands on the wire; a server newer than this client may know more. */
export type ProblemTypeOnWire = `/problems/${ProblemType}` | (string & {})

/** The server refused. Compare `type`; `detail` is for a person. */
export class SignalboxProblem extends Error {
  override readonly name = 'SignalboxProblem'
  readonly document: ProblemDocument
  readonly type: ProblemTypeOnWire
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly mistakes: readonly Mistake[]

  constructor(document: ProblemDocument) {
    super(`${document.title}: ${document.detail}`)
    this.document = document
    this.type = document.type
    this.status = document.status
    this.title = document.title
    this.detail = document.detail
    this.mistakes = document.errors ?? []
  }
}

/** Nothing answered at the address in time, or what answered is no Signalbox. Whether a change was made is not known. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable'
}

/** A Signalbox answered, in a shape that this version of the client does not know. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer'
}
