import * as z from 'zod'

/**
 * Every refusal Signalbox gives, by its stable type (RFC 9457). `type` on the wire is `/problems/<key>`, and every
 * server answers that address with the page that explains it: `about` is that page's text.
 */
export const problems = {
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    about: 'A mistake of ours. The request id leads the operator to the log line that says what happened.',
  },
  unavailable: {
    status: 503,
    title: 'Signalbox cannot answer right now',
    about:
      'The database cannot be reached, or too much is waiting. Nothing of the request is known to be kept: send it again, with the same id or Idempotency-Key.',
  },
  'disk-nearly-full': {
    status: 507,
    title: 'The disk is nearly full',
    about: 'The embedded database would run out of room. Reading and delivering go on; make room to write again.',
  },
  'request-malformed': {
    status: 400,
    title: 'The request cannot be read',
    about: 'The body is not JSON, or a header or the address is not well formed.',
  },
  'request-invalid': {
    status: 422,
    title: 'The request has mistakes',
    about:
      'Every mistake is listed in `errors`, each with a JSON pointer to the place it stands at. Nothing was changed.',
  },
  'request-too-large': {
    status: 413,
    title: 'The request is too large',
    about: 'The body is longer than this address takes. `detail` names the limit.',
  },
  'media-type-unsupported': {
    status: 415,
    title: 'Only JSON is understood',
    about: 'Send the body as `Content-Type: application/json`.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    about: 'There is no such thing, or it is not yours to see.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    about: 'The `Allow` header lists the methods that it takes.',
  },
  'not-authenticated': {
    status: 401,
    title: 'Who is asking?',
    about: 'Send an API key as `Authorization: Bearer <key>`. A revoked or unknown key is answered like none.',
  },
  'not-allowed': {
    status: 403,
    title: 'Not allowed',
    about: 'You can see this, but changing it takes a role you do not have. `detail` names the role that could.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    about: 'A key stands for one request: method, address and body. Use a new key for a new request.',
  },
  'idempotency-key-in-use': {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    about: 'Wait for its answer, then repeat: the repeat gets the same answer.',
  },
  'event-id-taken': {
    status: 409,
    title: 'This event id was used for another event',
    about: 'An `id` makes recording an event idempotent: the same event may be sent again under it, another may not.',
  },
  'name-taken': {
    status: 409,
    title: 'This name is taken',
    about:
      'Names are unique in their place. Choose another, or change what has the name. The names of what was deleted are free.',
  },
  'revision-changed': {
    status: 409,
    title: 'It was changed by somebody else',
    about:
      'A change names the `revision` it was made on, so that nobody overwrites what they have not seen. Read it again, then repeat the change with its present revision.',
  },
  'in-use': {
    status: 409,
    title: 'It is in use',
    about:
      'Every user is listed in `errors`. Without it they stop working, with a reason that can be read there. If that is meant, repeat the request with `?force=true`.',
  },
  'delivery-unfinished': {
    status: 409,
    title: 'The delivery has not ended',
    about: 'Only what has ended is redelivered. A delivery that waits can be tried now, or cancelled.',
  },
  'delivery-finished': {
    status: 409,
    title: 'The delivery has ended',
    about: 'It can neither be tried now nor cancelled any more. Redelivering makes a new one of it.',
  },
  'delivery-held': {
    status: 409,
    title: 'The delivery is held',
    about: 'Its webhook or its automation is paused, or its webhook is disabled. `detail` says which.',
  },
  'delivery-sending': {
    status: 409,
    title: 'The delivery is being sent',
    about:
      'What is under way cannot be called back. When the attempt fails the delivery waits again, and can be cancelled.',
  },
  'redelivery-over': {
    status: 409,
    title: 'The redelivery is over',
    about:
      'It was stopped, or all of it is made ready. What it made goes on like every delivery; start another for more.',
  },
  'not-redeliverable': {
    status: 409,
    title: 'It cannot be sent again',
    about: 'What sending it again would need is gone. `detail` names it, and what can be done instead.',
  },
  'secrets-not-granted': {
    status: 409,
    title: 'The webhook lends no such secret',
    about:
      'The payload holds secrets, and the webhook that it is to go to lends others. `errors` names them: grant them to it, or choose another.',
  },
  'already-set-up': {
    status: 409,
    title: 'Signalbox is set up already',
    about: 'The first organization is made once, by the operator. Its admins make its people, teams and registries.',
  },
  'set-up-code-wrong': {
    status: 403,
    title: 'The set-up code is not right',
    about:
      'A server without an organization prints a code when it starts, on standard error, and whoever sets it up has to know it. Start it again to see the code, or use `signalbox db setup` on its machine.',
  },
  'last-admin': {
    status: 409,
    title: 'An organization keeps an admin',
    about: 'Without an admin nobody could change anything. Make somebody else admin first.',
  },
  'cross-origin': {
    status: 403,
    title: 'This comes from another site',
    about: 'A session counts for the pages of this server only. Programs send an API key instead of the cookie.',
  },
  'sign-in-refused': {
    status: 401,
    title: 'Not signed in',
    about: 'The name is unknown, or the password is wrong, or the account has no password: the answer is the same.',
  },
  'stream-restored': {
    status: 409,
    title: 'The history is another one since',
    about:
      'The cursor is from before the database was restored from a backup. Begin again without one; events keep their ids, so what was seen before can be told.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    about: 'Wait as long as `Retry-After` says.',
  },
} as const satisfies Record<string, ProblemKind>

export interface ProblemKind {
  readonly status: number
  readonly title: string
  readonly about: string
}

export type ProblemType = keyof typeof problems

/** One mistake in a request. */
export const Mistake = z.object({
  pointer: z
    .string()
    .optional()
    .describe(
      'Where: a JSON pointer in fragment form. `#/action/template` is in the body and `#` all of it, `#/query/limit` in the query, `#/path/project` in the path.',
    ),
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  detail: z.string(),
})
export type Mistake = z.infer<typeof Mistake>

export const ProblemDocument = z.object({
  type: z
    .string()
    .describe('Identity of the problem: a relative reference that this server answers, `/problems/not-found`.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('For a person: what is wrong and what to do. Never parse it.'),
  instance: z.string().optional().describe('The request this answers, `/requests/req_…`.'),
  errors: z.array(Mistake).optional(),
})
export type ProblemDocument = z.infer<typeof ProblemDocument>

/** A refusal to the caller. Verbs throw it; the doors render it. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly type: ProblemType
  readonly detail: string
  readonly errors: readonly Mistake[] | undefined
  /** When the same request may succeed. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    type: ProblemType,
    detail: string,
    errors?: readonly Mistake[],
    { retryAfterSeconds }: { retryAfterSeconds?: number } = {},
  ) {
    super(`${type}: ${detail}`)
    this.type = type
    this.detail = detail
    this.errors = errors
    this.retryAfterSeconds = retryAfterSeconds
  }
}
